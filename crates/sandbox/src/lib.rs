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
pub use writing::{Made, Writing, make};

/// The most files that one job takes, those of archives included.
pub const FILES_LIMIT: usize = 200;

/// Does a job. The same job and files give the same answer.
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
        Job::Write(writing) => {
            writing::make(writing, port).map_or(Answer::OtherBuild, Answer::Written)
        }
    }
}
