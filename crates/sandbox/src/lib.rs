//! Where files from elsewhere are opened: a program of its own, in a Worker of
//! its own, with a memory of its own. A file that makes it stop costs nothing:
//! the Worker is thrown away, and the plan was never there.
//!
//! The core is pure: a [`Job`] and files in, an [`Answer`] out, and a [`Port`]
//! for what only a browser can do. Around it stands a thin shell (`worker.rs`
//! and `worker.js`), built by `cargo xtask` with the feature `worker`; the
//! editor knows of this room only the words that both sides speak.
//!
//! Not here: starting and ending the Worker, its time limit, and what is said
//! to the person (`src/browser/sandbox.rs`, `src/ui`).

mod importing;
mod job;
mod looking;
mod trying;
#[cfg(all(feature = "worker", target_arch = "wasm32"))]
mod worker;

pub use importing::fresh;
pub use job::{Answer, Entry, Failed, Given, Here, Job, Port, ReadTable, What, Why, read, write};

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
    }
}
