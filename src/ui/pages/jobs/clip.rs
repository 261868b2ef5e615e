//! Copying, cutting and pasting lines of the outline. Lines that were cut here
//! come back as they were, with all that hangs on them; what comes from
//! elsewhere is read as a list or as cells (`ui::listing`).

use leptos::prelude::*;
use weft_model::reshape::{self, Entry};
use weft_model::{CompetencyKind, JobItemId, Tier};

use super::lines::Lines;
use crate::browser::caret::caret;
use crate::browser::clipboard;
use crate::ui::listing::{self, Listed, Listing};
use crate::ui::text::say_count;

/// What this page copied or cut last.
#[derive(Clone, Debug)]
struct Clip {
    text: String,
    lines: Vec<JobItemId>,
    cut: bool,
}

/// The clipboard of the page. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Clips(StoredValue<Option<Clip>>);

impl Clips {
    /// With nothing in it.
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Answers a copy or a cut; leaves it to the field where a part of its text
    /// is selected.
    pub fn take(self, lines: Lines, event: &clipboard::Event, cut: bool) {
        let Some(current) = lines.current.get_untracked() else {
            return;
        };
        let in_text = caret().is_some_and(|caret| !caret.is_point());
        if in_text && !lines.has_many() {
            return;
        }
        let about = lines.about(current);
        let tops = lines
            .outline
            .with_untracked(|outline| reshape::topmost(outline, &about));
        let text = as_text(lines, &tops);
        if !clipboard::answer_copy(event, &text, "") {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 lines")]
        let count = tops.len() as f64;
        let cut = cut && !lines.editor.read_only();
        if cut {
            lines.delete(&tops);
            lines.tell(say_count("jobs.cut", count, &[]));
        } else {
            lines.tell(say_count("jobs.copied", count, &[]));
        }
        self.0.set_value(Some(Clip {
            text,
            lines: tops,
            cut,
        }));
    }

    /// Answers a paste; a single line of plain text goes into the field.
    pub fn paste(self, lines: Lines, event: &clipboard::Event) {
        let pasted = clipboard::pasted(event).text;
        let current = lines.current.get_untracked();
        let own = self
            .0
            .get_value()
            .filter(|clip| plain(&clip.text) == plain(&pasted));
        if let Some(clip) = own {
            event.prevent_default();
            if clip.cut {
                lines.put_back(&clip.lines, current);
                self.0.set_value(Some(Clip { cut: false, ..clip }));
            } else {
                lines.copy_in(&clip.lines, current);
            }
            return;
        }
        let base = current
            .and_then(|line| lines.row(line))
            .map_or(0, |row| row.tier as usize);
        if let Listing::Lines {
            lines: listed,
            cells,
        } = listing::read(&pasted, base)
        {
            event.prevent_default();
            let entries: Vec<Entry> = listed.into_iter().map(entry).collect();
            lines.bring_in(current, &entries, cells);
        }
    }
}

/// Some systems change the ends of lines on the way.
fn plain(text: &str) -> String {
    text.lines()
        .collect::<Vec<_>>()
        .join("\n")
        .trim_end()
        .to_owned()
}

fn as_text(lines: Lines, tops: &[JobItemId]) -> String {
    let lang = lines.editor.lang();
    lines.editor.plan_and_board(|plan, board| {
        let outline = board.outline();
        let base = tops
            .iter()
            .filter_map(|line| outline.row(*line))
            .map(|row| row.depth)
            .min()
            .unwrap_or(0);
        let mut out = String::new();
        let mut within: Option<u8> = None;
        for row in outline.rows() {
            if within.is_some_and(|depth| row.depth <= depth) {
                within = None;
            }
            if tops.contains(&row.id) {
                within = Some(row.depth);
            }
            let (Some(_), Some(line)) = (within, plan.job_items.get(row.id)) else {
                continue;
            };
            out.push_str(&"\t".repeat(row.depth.saturating_sub(base).into()));
            if !line.code.is_empty() {
                out.push_str(&line.code);
                out.push(' ');
            }
            out.push_str(line.statement.show(&lang));
            out.push('\n');
        }
        out
    })
}

fn entry(listed: Listed) -> Entry {
    let tier = Tier::ALL
        .get(listed.tier)
        .copied()
        .unwrap_or(Tier::Competency);
    Entry {
        kind: kind_of_code(&listed.code),
        code: listed.code,
        statement: listed.text,
        ..Entry::empty(tier)
    }
}

use weft_model::Choice as _;

/// The letters of the Chinese competency analysis table: "P-1.2.1".
fn kind_of_code(code: &str) -> Option<CompetencyKind> {
    match code.split_once('-')?.0 {
        "P" => Some(CompetencyKind::Professional),
        "G" => Some(CompetencyKind::General),
        "S" => Some(CompetencyKind::Social),
        "D" => Some(CompetencyKind::Development),
        _ => None,
    }
}
