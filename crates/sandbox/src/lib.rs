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
mod reading;
mod trying;
mod writing;

pub use importing::fresh;
pub use job::{Answer, Entry, Failed, Given, Here, Job, Port, ReadTable, What, Why, read, write};
use weft_model::Plan;
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
    pub fn answer(&mut self, job: Job, files: &[Given], port: &mut dyn Port) -> Answer {
        if !matches!(job, Job::Write(_)) {
            // Whatever comes from elsewhere has the memory to itself.
            self.kept = None;
        }
        match job {
            Job::Look => Answer::Looked(looking::look(files, port)),
            Job::Import {
                what,
                plan,
                options,
                seed,
            } => match unpacked(plan) {
                Some(plan) => Answer::Imported(
                    importing::import(what, files, &plan, &options, seed, port).map(Box::new),
                ),
                None => Answer::OtherBuild,
            },
            Job::Apply {
                sheets,
                plan,
                options,
                seed,
            } => match unpacked(plan) {
                Some(plan) => {
                    let imported = importing::apply(&sheets, &plan, &options, seed, port);
                    Answer::Imported(Ok(Box::new(imported)))
                }
                None => Answer::OtherBuild,
            },
            Job::Try { here, peer } => {
                trying::try_out(files, here.as_ref(), peer);
                Answer::Tried
            }
            Job::Read { peer } => {
                Answer::Read(files.first().and_then(|file| reading::read(file, peer)))
            }
            Job::Follow {
                plan,
                log,
                updates,
                peer,
            } => Answer::Followed(trying::follow(plan, &log, &updates, peer)),
            Job::Write(mut writing) => {
                if let Some(plan) = writing.plan.take() {
                    self.kept = None;
                    let Some(plan) = unpacked(plan) else {
                        return Answer::OtherBuild;
                    };
                    self.kept = Some(Kept::new(plan, writing.moment.clone()));
                }
                self.write(&writing, port)
            }
        }
    }

    fn write(&mut self, writing: &Writing, port: &mut dyn Port) -> Answer {
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

/// A plan, whose bytes go as soon as it is read: beside it they would be a third of
/// what a large one takes.
fn unpacked(plan: Vec<u8>) -> Option<Plan> {
    weft_document::unpack_plan(&plan)
}

/// Does a single job. The same job and files give the same answer.
pub fn answer(job: &Job, files: &[Given], port: &mut dyn Port) -> Answer {
    Sandbox::default().answer(job.clone(), files, port)
}
