//! Follows a shared folder for an open plan: looks every few seconds, takes in
//! what the others wrote, writes what they lack. One tab of the device does it,
//! the one that leads; which folder it is, is kept per plan.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use weft_model::Uid;
use weft_session::folder::{Folder, Follower, Listed, Piece};
use weft_session::{Session, Untaken};

use super::device::chance;
use super::drive::{Drive, DriveError, Permission};
use super::prefs;
use super::runtime::Runtime;
use super::timer::{self, Timer};
use super::tried::take_all;

/// Between two looks, in milliseconds.
const LOOK: u32 = 4_000;
/// The same while the folder does not answer as it should.
const LOOK_LATER: u32 = 12_000;
/// The same while it is to be seen which tab leads.
const LOOK_SOON: u32 = 300;
/// How often that is looked for before another tab is said to lead: the lead is
/// granted a moment after a plan has opened.
const PATIENCE: u32 = 6;
/// After how long an answer the folder counts as slow.
const SLOW: i64 = 5_000;
/// After how long without an answer to one question it is said that none comes.
const SILENT: u32 = 10_000;

/// How it stands with the folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum FolderState {
    /// None is shared.
    #[default]
    Off,
    /// It has not been looked at yet.
    Looking,
    /// Another tab of this device follows it.
    Elsewhere,
    /// The browser wants to ask the person first.
    Asks,
    /// All is well, or at least readable.
    Following {
        /// Who writes there, this device among them.
        followers: Vec<Follower>,
        /// Why this device's changes do not get there.
        unwritten: Option<DriveError>,
        /// It takes long to answer.
        slow: bool,
    },
    /// It cannot be read.
    Lost(DriveError),
    /// It does not answer. The question still stands: an answer is taken when it comes.
    Silent,
}

/// What follows. Clones are the same; it ends with [`Following::stop`] or when
/// the plan is closed.
#[derive(Clone)]
pub struct Following {
    inner: Rc<Inner>,
}

struct Inner {
    plan: Uid,
    runtime: Runtime,
    drive: RefCell<Option<Drive>>,
    /// Another one for each folder that is chosen: a look that is still at the one
    /// before notes nothing in it.
    folder: RefCell<Rc<RefCell<Folder>>>,
    state: RefCell<FolderState>,
    hear: Box<dyn Fn(FolderState)>,
    /// Each start ends the run before it.
    run: Cell<u32>,
    /// How often it was looked for the lead in this run.
    waited: Cell<u32>,
}

fn key(plan: Uid) -> String {
    format!("folder.{plan}")
}

/// Names this device in folders, and nothing else.
fn device() -> Uid {
    let kept = prefs::read("device").and_then(|text| text.parse().ok());
    kept.unwrap_or_else(|| {
        let fresh = Uid(chance());
        prefs::write("device", &fresh.to_string());
        fresh
    })
}

impl Following {
    /// For an open plan; follows at once if a folder was chosen earlier.
    pub fn new(runtime: Runtime, hear: impl Fn(FolderState) + 'static) -> Self {
        let plan = runtime.with(Session::id);
        let following = Self {
            inner: Rc::new(Inner {
                plan,
                runtime,
                drive: RefCell::new(None),
                folder: RefCell::new(Inner::fresh(plan)),
                state: RefCell::default(),
                hear: Box::new(hear),
                run: Cell::new(0),
                waited: Cell::new(0),
            }),
        };
        following.start();
        following
    }

    /// The name of the folder, if one was chosen on this device.
    pub fn chosen(&self) -> Option<String> {
        prefs::read(&key(self.inner.plan)).filter(|name| !name.is_empty())
    }

    /// Lets the person choose a folder, and follows it. From a click.
    pub async fn choose(&self) -> Result<(), DriveError> {
        let Some(drive) = Drive::choose().await? else {
            return Ok(());
        };
        drive.keep(&key(self.inner.plan)).await;
        prefs::write(&key(self.inner.plan), &drive.name());
        *self.inner.folder.borrow_mut() = Inner::fresh(self.inner.plan);
        *self.inner.drive.borrow_mut() = Some(drive);
        self.start();
        Ok(())
    }

    /// Asks for the permission that the browser has taken back. From a click.
    pub async fn permit(&self) {
        let drive = self.inner.drive.borrow().clone();
        if let Some(drive) = drive {
            drive.permission(true, true).await;
            self.start();
        }
    }

    /// Follows no folder any more; what is in it stays.
    pub async fn leave(&self) {
        self.stop();
        prefs::write(&key(self.inner.plan), "");
        Drive::forget(&key(self.inner.plan)).await;
        *self.inner.drive.borrow_mut() = None;
        self.inner.tell(FolderState::Off);
    }

    /// Looks no more.
    pub fn stop(&self) {
        self.inner.run.set(self.inner.run.get() + 1);
        self.inner.waited.set(0);
    }

    /// Looks now, and again and again.
    pub fn start(&self) {
        self.stop();
        let run = self.inner.run.get();
        if self.chosen().is_none() {
            return self.inner.tell(FolderState::Off);
        }
        let inner = Rc::downgrade(&self.inner);
        wasm_bindgen_futures::spawn_local(look_on(inner, run));
    }

    /// This device's file with all that the plan holds, for those who have no
    /// way into folders: its name and its bytes.
    pub fn part(&self) -> Option<(String, Vec<u8>)> {
        let folder = Folder::new(self.inner.plan, device(), chance());
        let post = self.inner.runtime.with(|session| folder.post(session))?;
        Some((post.file, post.bytes))
    }

    /// Takes in files of others that the person picked one by one; gives how
    /// many brought something, and the first that could not be taken.
    pub async fn take_in(&self, files: &[(String, Vec<u8>)]) -> (usize, Option<(String, Untaken)>) {
        let mut folder = Folder::new(self.inner.plan, device(), chance());
        let listed = files.iter().map(|(name, bytes)| Listed {
            name: name.clone(),
            size: bytes.len() as u64,
            changed: 0,
        });
        folder.listed(&listed.collect::<Vec<_>>());
        let mut brought = 0;
        let mut refused = None;
        for (name, bytes) in files {
            let before = self.inner.runtime.with(Session::version);
            let pieces = folder.read(name, bytes);
            let known = folder.followers().into_iter().find(|it| it.file == *name);
            if !known.is_some_and(|it| it.version.is_some() || !pieces.is_empty()) {
                refused.get_or_insert((name.clone(), Untaken::Damaged));
            }
            for (_, taken) in take_all(&self.inner.runtime, pieces).await {
                if let Err(why) = taken {
                    refused.get_or_insert((name.clone(), why));
                }
            }
            brought += usize::from(self.inner.runtime.with(Session::version) != before);
        }
        (brought, refused)
    }
}

async fn look_on(inner: Weak<Inner>, run: u32) {
    loop {
        let Some(here) = inner.upgrade().filter(|it| it.run.get() == run) else {
            return;
        };
        here.look(run).await;
        let pause = match &*here.state.borrow() {
            _ if !here.runtime.with(Session::leads) => LOOK_SOON,
            FolderState::Following {
                unwritten: None, ..
            } => LOOK,
            _ => LOOK_LATER,
        };
        drop(here);
        timer::wait(pause).await;
    }
}

impl Inner {
    fn fresh(plan: Uid) -> Rc<RefCell<Folder>> {
        Rc::new(RefCell::new(Folder::new(plan, device(), chance())))
    }

    fn tell(&self, state: FolderState) {
        if *self.state.borrow() != state {
            self.state.borrow_mut().clone_from(&state);
            (self.hear)(state);
        }
    }

    /// What the drive answers; while it does not, that is said.
    async fn answer<T>(self: &Rc<Self>, run: u32, question: impl Future<Output = T>) -> T {
        let inner = Rc::downgrade(self);
        let watch = Timer::after(SILENT, move || {
            if let Some(here) = inner.upgrade().filter(|it| it.run.get() == run) {
                here.tell(FolderState::Silent);
            }
        });
        let answer = question.await;
        watch.stop();
        answer
    }

    async fn look(self: &Rc<Self>, run: u32) {
        if !self.runtime.with(Session::leads) {
            self.waited.set(self.waited.get().saturating_add(1));
            return self.tell(match self.waited.get() > PATIENCE {
                true => FolderState::Elsewhere,
                false => FolderState::Looking,
            });
        }
        if matches!(
            *self.state.borrow(),
            FolderState::Off | FolderState::Elsewhere
        ) {
            self.tell(FolderState::Looking);
        }
        let mut drive = self.drive.borrow().clone();
        if drive.is_none() {
            drive = Drive::kept(&key(self.plan)).await;
            self.drive.borrow_mut().clone_from(&drive);
        }
        let Some(drive) = drive else {
            return self.tell(FolderState::Lost(DriveError::Gone));
        };
        match self.answer(run, drive.permission(false, false)).await {
            Permission::Granted => {}
            Permission::Prompt => return self.tell(FolderState::Asks),
            Permission::Denied => return self.tell(FolderState::Lost(DriveError::Denied)),
        }
        let begun = super::device::now_millis();
        let beginning = format!("weft-{}-", self.plan);
        let listing = drive.list(|name| name.starts_with(&beginning));
        let listing = match self.answer(run, listing).await {
            Ok(listing) => listing,
            Err(error) => return self.tell(FolderState::Lost(error)),
        };
        let folder = Rc::clone(&self.folder.borrow());
        let wanted = folder.borrow_mut().listed(&listing);
        let mut pieces = Vec::new();
        for (name, from) in wanted {
            match self.answer(run, news(&folder, &drive, &name, from)).await {
                Ok(news) => pieces.extend(news),
                Err(_) => folder.borrow_mut().unreadable(&name),
            }
            // The page stays alive between two long files.
            timer::breathe().await;
            if self.run.get() != run {
                break;
            }
        }
        // What was read is not read again: it is taken in also where this run has
        // ended meanwhile.
        for (piece, taken) in take_all(&self.runtime, pieces).await {
            let mut folder = folder.borrow_mut();
            match taken {
                Ok(spans) => folder.took(&piece, &spans),
                Err(why) => folder.refused(&piece, why),
            }
        }
        if self.run.get() != run {
            return;
        }
        let unwritten = self.answer(run, self.write(&folder, &drive)).await;
        if self.run.get() != run {
            return;
        }
        let slow = super::device::now_millis() - begun > SLOW;
        let followers = folder.borrow().followers();
        self.tell(FolderState::Following {
            followers,
            unwritten,
            slow,
        });
    }

    async fn write(&self, folder: &RefCell<Folder>, drive: &Drive) -> Option<DriveError> {
        let post = self.runtime.with(|session| {
            if session.read_only() {
                None
            } else {
                folder.borrow().post(session)
            }
        })?;
        if drive.permission(true, false).await != Permission::Granted {
            return Some(DriveError::Denied);
        }
        match drive.write(&post.file, post.at, &post.bytes).await {
            Ok(changed) => {
                folder.borrow_mut().posted(&post, changed);
                None
            }
            // It is looked at again first.
            Err(DriveError::Moved) => None,
            Err(error) => Some(error),
        }
    }
}

/// What is new in a file from this place on, or in the whole of it where it was
/// written anew.
async fn news(
    folder: &RefCell<Folder>,
    drive: &Drive,
    name: &str,
    from: u64,
) -> Result<Vec<Piece>, DriveError> {
    let bytes = drive.read(name, from).await?;
    let news = folder.borrow_mut().read_on(name, from, &bytes);
    match news {
        Some(news) => Ok(news),
        None => {
            let bytes = drive.read(name, 0).await?;
            Ok(folder.borrow_mut().read(name, &bytes))
        }
    }
}
