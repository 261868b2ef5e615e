//! The browser program.
