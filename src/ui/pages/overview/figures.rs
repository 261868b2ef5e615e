//! The six key figures, each with what it is made of. What a plan does not say
//! is "not given", never zero.

use leptos::prelude::*;
use weft_analysis::{Board, hundredths};
use weft_model::{CategoryRole, Credits, Hours, Ratio};

use super::hours;
use crate::ui::{
    components::head::Figure,
    state::use_editor,
    text::{number, say, say_count, say_with, t},
};

/// One figure as it is shown.
#[derive(Clone, PartialEq, Default)]
struct Shown {
    value: String,
    unit: String,
    rule: String,
}

impl Shown {
    fn not_given() -> Self {
        Self {
            value: "–".to_owned(),
            unit: String::new(),
            rule: say("overview.not_given"),
        }
    }

    fn share(part: Hours, whole: Hours, ratio: Ratio) -> Self {
        let of = [("part", hours(part)), ("whole", hours(whole))];
        Self {
            value: percent(ratio),
            unit: "%".to_owned(),
            rule: say_with("overview.part_of", &of),
        }
    }
}

/// A share in percent, exact to two decimals: "31.85".
pub(super) fn percent(ratio: Ratio) -> String {
    number(ratio.basis_points() as f64 / 100.0)
}

/// The row of figures.
#[component]
pub(super) fn KeyFigures() -> impl IntoView {
    let editor = use_editor();
    let shown = |read: fn(&Board) -> Shown| {
        Memo::new(move |_| {
            editor.follow_board();
            editor.board(read)
        })
    };
    let figure = |label: &'static str, shown: Memo<Shown>| {
        view! {
            <Figure
                value=Signal::derive(move || shown.get().value)
                unit=Signal::derive(move || shown.get().unit)
                label=t(label)
                rule=Signal::derive(move || shown.get().rule)
            />
        }
    };
    view! {
        <div class="figures" role="group" aria-label=move || say("overview.figures")>
            {figure("overview.modules", shown(modules))}
            {figure("overview.class_hours", shown(class_hours))}
            {figure("overview.credits", shown(credits))}
            {figure("overview.practice", shown(practice))}
            {figure("overview.public_basic", shown(public_basic))}
            {figure("overview.electives", shown(electives))}
        </div>
    }
}

fn modules(board: &Board) -> Shown {
    Shown {
        value: number(f64::from(board.sums().modules)),
        unit: String::new(),
        rule: say_count("overview.links", f64::from(board.overall().links), &[]),
    }
}

fn class_hours(board: &Board) -> Shown {
    let sums = board.sums();
    if sums.hours.is_zero() {
        return Shown::not_given();
    }
    let rule = if !sums.bracketed.is_zero() {
        say_with("overview.bracketed", &[("hours", hours(sums.bracketed))])
    } else if !sums.left_in_pools.is_zero() {
        say_with("overview.in_pools", &[("hours", hours(sums.left_in_pools))])
    } else {
        say_count("overview.terms", board.term_order().len() as f64, &[])
    };
    Shown {
        value: hours(sums.hours),
        unit: say("overview.h"),
        rule,
    }
}

fn credits(board: &Board) -> Shown {
    let sums = board.sums();
    if sums.credits == Credits::ZERO {
        return Shown::not_given();
    }
    let rate = number(hundredths(sums.hours_per_credit()) as f64 / 100.0);
    Shown {
        value: number(sums.credits.as_f64()),
        unit: String::new(),
        rule: if sums.hours.is_zero() {
            String::new()
        } else {
            say_with("overview.to_a_credit", &[("hours", rate)])
        },
    }
}

fn practice(board: &Board) -> Shown {
    let sums = board.sums();
    if sums.hours.is_zero() || sums.unsplit == sums.hours {
        return Shown::not_given();
    }
    let mut shown = Shown::share(sums.practice, sums.hours, sums.practice_share());
    if !sums.unsplit.is_zero() {
        shown.rule = say_with("overview.unsplit", &[("hours", hours(sums.unsplit))]);
    }
    shown
}

fn public_basic(board: &Board) -> Shown {
    let sums = board.sums();
    let said = sums.by_role.keys().any(Option::is_some);
    if sums.hours.is_zero() || !said {
        return Shown::not_given();
    }
    let part = sums.by_role.get(&Some(CategoryRole::PublicBasic));
    Shown::share(
        part.copied().unwrap_or_default(),
        sums.hours,
        sums.public_basic(),
    )
}

fn electives(board: &Board) -> Shown {
    let sums = board.sums();
    let said = sums.by_nature.keys().any(Option::is_some);
    if sums.hours.is_zero() || !said {
        return Shown::not_given();
    }
    Shown::share(sums.elective_hours(), sums.hours, sums.electives())
}
