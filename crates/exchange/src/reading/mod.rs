//! The plan to read, in one file without the editor: a page for browsers and
//! Markdown. Both say what the programme and the correspondence list say on
//! paper, and what is open.
//!
//! Nothing of a plan runs in them: every text is text.

mod html;
mod markdown;

pub use html::page;
pub use markdown::markdown;

use weft_model::{ABOUT, Outline, Plan, Tier};

use crate::word::{Cell, Grid, Piece, correspondence_paper, programme_paper};
use crate::{Figures, Words};

/// The most cells of a weave that stand as a table: no one reads a larger one
/// in a page, and the correspondence list holds all of it.
const WEAVE_CELLS: usize = 30_000;

/// Everything that is said, after the title: headings begin at level 1 and
/// never skip one.
fn pieces(plan: &Plan, figures: &Figures, words: Words<'_>) -> Vec<Piece> {
    let title = words.item(plan, ABOUT);
    let programme = programme_paper(plan, figures, words).pieces();
    // The title stands above all.
    let programme = programme
        .into_iter()
        .filter(|piece| !matches!(piece, Piece::Words(style, _) if style == "Title"));
    let mut all: Vec<Piece> = programme.collect();
    all.extend(weave(plan, figures, words));
    let list = correspondence_paper(plan, figures, words).pieces();
    let is_title = |piece: &Piece| matches!(piece, Piece::Words(_, words) if *words == title);
    all.extend(list.into_iter().filter(|piece| !is_title(piece)));
    all.extend(findings(figures, words));
    let mut last = 0;
    for piece in &mut all {
        if let Piece::Heading(level, _) = piece {
            *level = (*level).min(last + 1);
            last = *level;
        }
    }
    all
}

/// The weave as a table: competencies down, modules across.
fn weave(plan: &Plan, figures: &Figures, words: Words<'_>) -> Vec<Piece> {
    let outline = Outline::of(plan);
    let modules: Vec<weft_model::ModuleId> = figures
        .modules
        .iter()
        .flat_map(|(_, modules)| modules.iter().copied())
        .collect();
    if figures.cells.is_empty() {
        return Vec::new();
    }
    let mut out = vec![Piece::Heading(1, words.say("print.weave"))];
    let lines = outline.competencies().count();
    if lines.saturating_mul(modules.len()) > WEAVE_CELLS {
        let said = words.say("export.weave_too_large");
        out.push(Piece::Words(String::new(), said));
        return out;
    }
    let mut heads = vec![words.say("print.competency")];
    heads.extend(modules.iter().map(|module| {
        let code = words.code(plan, (*module).into());
        if code.is_empty() {
            words.item(plan, (*module).into())
        } else {
            code
        }
    }));
    let mut rows = Vec::new();
    for row in outline.rows() {
        let name = words.code_and_title(plan, row.id.into());
        if row.tier != Tier::Competency {
            rows.push(vec![Cell::band(name, heads.len())]);
            continue;
        }
        let cells = modules.iter().map(|module| {
            let Some(woven) = figures.cells.get(*module, row.id) else {
                return Cell::figure("");
            };
            let letter = woven.level.map(|rank| words.letter(plan, rank));
            let mark = if woven.assessed { "*" } else { "" };
            Cell::figure(format!("{}{mark}", letter.as_deref().unwrap_or("•")))
        });
        rows.push([Cell::band(name, 1)].into_iter().chain(cells).collect());
    }
    out.push(Piece::Table(Grid {
        heads,
        rows,
        ..Grid::default()
    }));
    let levels = plan.scale_levels.iter().map(|level| {
        let name = level.name.show(words.lang());
        if name.is_empty() {
            level.letter.clone()
        } else {
            format!("{}: {name}", level.letter)
        }
    });
    let levels: Vec<String> = levels.collect();
    let levels = levels.join(&words.say("finding.comma"));
    let key = words.with("print.weave_key", &[("levels", &levels)]);
    out.push(Piece::Words("WeftNote".to_owned(), key));
    out
}

fn findings(figures: &Figures, words: Words<'_>) -> Vec<Piece> {
    if figures.gaps.is_empty() {
        return Vec::new();
    }
    let heads = [
        "print.finding",
        "print.where",
        "print.reason",
        "print.waiver",
    ];
    let rows = figures.gaps.iter().map(|gap| {
        let cells = [&gap.rule, &gap.subject, &gap.reason, &gap.waiver];
        cells.map(|text| Cell::new(text.as_str())).to_vec()
    });
    vec![
        Piece::Heading(1, words.say("book.gaps")),
        Piece::Table(Grid {
            heads: heads.iter().map(|key| words.say(key)).collect(),
            rows: rows.collect(),
            ..Grid::default()
        }),
    ]
}

/// The moment of the last edit as people write it, in UTC.
fn state(at: i64, words: Words<'_>) -> String {
    let ((year, month, day), (hours, minutes, _)) = crate::dates::time_of(at);
    let when = format!("{year:04}-{month:02}-{day:02} {hours:02}:{minutes:02} UTC");
    words.with("export.state_of", &[("when", &when)])
}
