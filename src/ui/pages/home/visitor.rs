//! A plan that came and is here already: what it is, and what it would change, in
//! words.

use std::collections::BTreeSet;
use std::rc::Rc;

use weft_model::{Aspect, Difference, Plan, Uid};
use weft_seal::PublicKey;
use weft_session::weft_file::Head;
use weft_session::{Card, Meeting};

use crate::ui::revising;
use crate::ui::state::language_untracked;

/// A plan that came as a file and is here already.
#[derive(Clone, Debug, PartialEq)]
pub struct Visitor {
    /// The plan.
    pub plan: Uid,
    /// What is here of it.
    pub card: Card,
    /// What the file says of itself.
    pub head: Head,
    /// The key that signed the file, if one did.
    pub signer: Option<PublicKey>,
    /// What taking it in would do.
    pub meeting: Meeting,
    /// The file.
    pub file: Rc<[u8]>,
    /// Of what came back in an excerpt.
    pub excerpt: Option<Came>,
    /// The plan is frozen, and these changed it without saying why: whoever takes it in
    /// says so.
    pub unapproved: BTreeSet<Uid>,
    /// Of a plan that came without a history, which cannot say what is newer: the
    /// values that would take the place of others.
    pub replaced: Vec<Replaced>,
    /// What else would read otherwise, as far as it is told.
    pub changes: Vec<Changed>,
}

/// Something that would read otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// What, in words.
    pub what: String,
    /// What it is here.
    pub here: String,
    /// What it would be.
    pub then: String,
}

/// Changes that are told one by one; the others are in the counts.
const TOLD: usize = 200;

/// What would change, in the words of the plan as it would be.
pub(super) fn in_words(then: &Plan, differences: Vec<Difference>) -> Vec<Changed> {
    let lang = language_untracked();
    let says = |it: &Difference| !matches!(it.what, Aspect::Place(_)) && !it.what.is_a_note();
    let told = differences.into_iter().filter(says).take(TOLD);
    let told = told.map(|it| revising::in_words(then, &lang, &it));
    let told = told.map(|it| {
        // That something comes or goes is said already.
        let whole = matches!(it.target, Aspect::Presence(_));
        let blank = |words: String| if whole { String::new() } else { words };
        Changed {
            what: it.what,
            here: blank(it.before),
            then: blank(it.after),
        }
    });
    told.collect()
}

/// A value that another one would take the place of.
#[derive(Clone, Debug, PartialEq)]
pub struct Replaced {
    /// Which one.
    pub aspect: Aspect,
    /// The same in words.
    pub what: String,
    /// What it is here.
    pub here: String,
    /// What it is there.
    pub there: String,
}

/// Of an excerpt that came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Came {
    /// The file as it came.
    pub file: Rc<[u8]>,
    /// How many changes are proposals, because the plan reads otherwise here.
    pub proposed: usize,
}
