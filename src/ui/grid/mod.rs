//! What any grid of cells needs and no browser: where cells lie, which are
//! selected, how they travel over the clipboard. Nothing here draws, and
//! nothing knows what a cell means.

pub mod block;
pub mod clipboard;
pub mod fill;
pub mod geometry;
pub mod selection;
