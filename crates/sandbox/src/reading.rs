//! A plan out of a file, to be laid beside the plan that is open: how it reads,
//! without its history. Nothing is merged, and nothing of the file comes nearer
//! to the plan than that.

use weft_document::{Document, PeerId, pack_plan};
use weft_exchange::{tables, weft_json};
use weft_model::{Act, Plan, Subject, Verb};
use weft_session::{html_file, weft_file};

use crate::importing::fresh;
use crate::job::Given;
use crate::looking::is_json;

/// The plan of a `.weft` file, of one page with a plan in it, or of a Weft JSON
/// file; nothing where it holds none that is whole.
pub(crate) fn read(given: &Given, peer: u64) -> Option<Vec<u8>> {
    let bytes = &tables::in_utf8(&given.bytes)[..];
    let plan = if is_json(bytes) {
        of_json(bytes)?
    } else {
        match html_file::unpack(bytes) {
            Ok(inner) => of_history(&inner, peer)?,
            Err(_) => of_history(bytes, peer)?,
        }
    };
    Some(pack_plan(&plan))
}

fn of_json(bytes: &[u8]) -> Option<Plan> {
    let imported = weft_json::import(bytes, &Plan::new(), &mut fresh(1)).ok()?;
    if !imported.tray.is_empty() {
        return None;
    }
    let mut plan = Plan::new();
    let act = Act::many(Verb::Import, Subject::Plan, imported.commands);
    plan.apply(&act).ok()?;
    Some(plan)
}

fn of_history(bytes: &[u8], peer: u64) -> Option<Plan> {
    let file = weft_file::read(bytes).ok()?;
    let id = file.head.plan.parse().ok()?;
    let opened = Document::open(id, [file.history], PeerId(peer)).ok()?;
    (!opened.pending).then(|| opened.document.plan().clone())
}
