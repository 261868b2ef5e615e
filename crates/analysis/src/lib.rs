//! What follows from a plan and nobody typed: coverage, hours, shares, orders,
//! and findings about them. Answers are codes, ids and exact numbers.
//!
//! Deliberately not here: sentences (the screens have them, by rule id), how a
//! plan is stored, and any value that a person could have entered.
//!
//! [`Board`] holds it all and catches up with a [`weft_model::Change`] by
//! looking only at what the change reaches. It always equals a board built
//! anew; tests/board.rs proves that with random edits.

mod board;
mod cells;
mod coverage;
mod facts;
mod finding;
mod opinion;
mod order;
mod reach;
mod rules;
mod sums;
mod teaching;

pub use board::{Board, Touched};
pub use cells::Cell;
pub use coverage::{Coverage, CoverageState, Tally};
pub use facts::Facts;
pub use finding::{Figure, Figures, Finding, FindingTally, Waived};
pub use opinion::{
    Opinion, Spread, TaskCard, has_looked, is_confirmed, opinion, said_in, task_cards, unconfirmed,
};
pub use order::TermGroup;
pub use rules::{Group, RuleInfo, rule, rules};
pub use sums::{CategorySums, Sums, TermFigures, hundredths};
pub use teaching::{ModuleFigures, Offered, offering_hours};
