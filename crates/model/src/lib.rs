//! What a plan is: ids, values, items and their fields, the weave, and the
//! commands that change them.
//!
//! Deliberately not here: how a plan is stored or merged (`document`), how it
//! is judged (`analysis`), how it travels (`exchange`), how it reads in any
//! language (`ui`). No clock, no randomness.

mod above;
mod carry;
mod cell;
mod change;
mod choice;
mod command;
mod difference;
mod id;
mod kinds;
mod order;
mod outline;
mod ownership;
mod plan;
mod proposal;
mod quantity;
pub mod reshape;
mod resolve;
mod restore;
mod revision;
mod schema;
mod slot;
mod table;
mod text;
mod value;
mod verdict;
mod violations;
mod weave;

pub use carry::{Aside, Carried, carrying};
pub use cell::CellEdit;
pub use change::Change;
pub use choice::*;
pub use command::{Act, Command, EditError, Intent, Spot, Subject, TextAt, Verb, Write};
pub use difference::{Aspect, Difference, differences, item_differences, link_differences};
pub use id::{Id, ItemId, NotAUid, UID_LEN, Uid};
pub use kinds::*;
pub use order::{order_after, order_between};
pub use outline::{Outline, OutlineRow};
pub use ownership::{Decider, Owner, Speaker, decider, decides, owner_of};
pub use plan::{ABOUT, Plan, pointed_to, title_field};
pub use proposal::{Draft, Proposed, Split, accepting, proposing, split};
pub use quantity::{Credits, Hours, Ratio, Years};
pub use resolve::Performed;
pub use restore::{making, restoring, restoring_item};
pub use revision::{Lineage, carried, is_revision, reason_for, reasoning, renewing};
pub use schema::{Field, FieldInfo, FieldKey, Shape, Sub, field};
pub use slot::{
    Day, LINE_LIMIT, Langs, Of, Slot, SlotValue, TEXT_LIMIT, To, VERBATIM_LIMIT, Verbatim, Whole,
};
pub use table::{AnyTable, Item, Row, Table};
pub use text::{Lang, Splice, Text, carried_along, merged};
pub use value::{BadValue, Value};
pub use verdict::{Said, addition, judging, putting};
pub use violations::Violation;
pub use weave::{Link, LinkKey, Rank, Weave};
