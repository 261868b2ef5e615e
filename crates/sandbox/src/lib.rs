//! Where files from elsewhere are opened, and those that go out are made: a
//! program of its own, in a Worker of its own, with a memory of its own. A file
//! that makes it stop costs nothing: the Worker is thrown away, and the plan was
//! never there.
//!
//! The core is pure: a [`Job`] and files in, an [`Answer`] out, and a [`Port`]
//! for what only a browser can do. Around it stands a thin shell
//! (`crates/worker`); the editor takes from this room the words that both sides
//! speak, and [`make`] for where no Worker comes.
//!
//! Not here: starting and ending the Worker, its time limit, and what is said
//! to the person (`src/browser/sandbox.rs`, `src/ui`).

mod importing;
mod job;
mod looking;
mod trying;
mod writing;

pub use importing::fresh;
pub use job::{Answer, Entry, Failed, Given, Here, Job, Port, ReadTable, What, Why, read, write};
use writing::Kept;
pub use writing::{Made, Writing, make};

/// The most files that one job takes, those of archives included.
pub const FILES_LIMIT: usize = 200;

/// Does jobs, one after another.
#[derive(Default)]
pub struct Sandbox {
    kept: Option<Kept>,
}

impl Sandbox {
    /// Does a job. The same job and files give the same answer, but for
    /// [`Answer::NotKept`].
    pub fn answer(&mut self, job: &Job, files: &[Given], port: &mut dyn Port) -> Answer {
        if let Job::Write(writing) = job {
            return self.write(writing, port);
        }
        // Whatever comes from elsewhere has the memory to itself.
        self.kept = None;
        answer(job, files, port)
    }

    fn write(&mut self, writing: &Writing, port: &mut dyn Port) -> Answer {
        if writing.plan.is_some() {
            self.kept = None;
            self.kept = Kept::of(writing);
            if self.kept.is_none() {
                return Answer::OtherBuild;
            }
        }
        let kept = self.kept.as_mut();
        match kept.filter(|kept| kept.is_of(&writing.moment)) {
            Some(kept) => {
                let made = kept.make(writing, port);
                made.map_or(Answer::OtherBuild, Answer::Written)
            }
            None => Answer::NotKept,
        }
    }
}

/// Does a single job. The same job and files give the same answer.
pub fn answer(job: &Job, files: &[Given], port: &mut dyn Port) -> Answer {
    match job {
        Job::Look => Answer::Looked(looking::look(files, port)),
        Job::Import {
            what,
            plan,
            options,
            seed,
        } => match weft_document::unpack_plan(plan) {
            Some(plan) => Answer::Imported(
                importing::import(*what, files, &plan, options, *seed, port).map(Box::new),
            ),
            None => Answer::OtherBuild,
        },
        Job::Try { here, peer } => {
            trying::try_out(files, here.as_ref(), *peer);
            Answer::Tried
        }
        Job::Follow {
            plan,
            log,
            updates,
            peer,
        } => Answer::Followed(trying::follow(*plan, log, updates, *peer)),
        Job::Write(writing) => Sandbox::default().write(writing, port),
    }
}
