//! placeholder
use weft_model::{Lang, Plan};
/// x
pub fn export_tables(_: &Plan, _: &[Lang]) -> Vec<(String, Vec<u8>)> {
    Vec::new()
}
