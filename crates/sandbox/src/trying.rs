//! A `.weft` file of unknown origin, gone through before the plan meets it: its
//! history opened, merged into a copy of the plan that is here, saved and opened
//! again, as the editor will do. What it refuses, it refuses there too, with
//! its reason; what would stop it, or keep it for ever, stops this program.

use weft_document::{Document, PeerId};
use weft_session::{meeting, weft_file};

use crate::job::{Given, Here};

pub(crate) fn try_out(files: &[Given], here: Option<&Here>, peer: u64) {
    let Some(Ok(file)) = files.first().map(|file| weft_file::read(&file.bytes)) else {
        return;
    };
    let peer = PeerId(peer);
    // The plan that the file says it is of.
    if let Ok(plan) = file.head.plan.parse()
        && let Ok(opened) = Document::open(plan, [file.history], peer)
    {
        drop(Document::open(plan, [opened.document.save()], peer));
    }
    if let Some(here) = here
        && let Ok(opened) = Document::open(here.plan, [&here.saved], peer)
    {
        drop(meeting(&opened.document, file.history, peer));
    }
}
