//! What is said when a file that was opened apart from the plan was given up.

use crate::browser::sandbox::{Failure, LIMIT_MILLIS};
use crate::ui::text::{number, say, say_with};

/// Why the Worker gave no answer, in a sentence that names the file.
pub fn failed_apart(name: &str, failure: &Failure) -> String {
    let file = ("file", name.to_owned());
    match failure {
        Failure::Unavailable => say("sandbox.unavailable"),
        Failure::Missing => say("sandbox.missing"),
        Failure::Crashed => say_with("sandbox.crashed", &[file]),
        Failure::TooBig => say_with("sandbox.too_big", &[file]),
        Failure::TooSlow => {
            let seconds = ("seconds", number(f64::from(LIMIT_MILLIS / 1000)));
            say_with("sandbox.too_slow", &[file, seconds])
        }
        Failure::Stopped => say_with("sandbox.stopped", &[file]),
        Failure::Unreadable(name) => {
            say_with("import.refused.unreadable", &[("file", name.clone())])
        }
    }
}
