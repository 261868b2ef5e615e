//! The components that pages are made of.

pub mod area;
pub mod button;
pub mod chip;
pub mod choice;
pub mod dialog;
pub mod drag;
pub mod empty;
pub mod field;
pub mod head;
pub mod icon;
pub mod menu;
pub mod meter;
pub mod notice;
pub mod number_field;
pub mod palette;
pub mod panel;
pub mod shortcuts;
pub mod table;
pub mod tabs;
