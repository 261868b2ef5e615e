//! Tests of the files and tables that come in and go out, as one program: 35 of them
//! took longer to link than to run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod careless_tables;
mod case;
mod ctdl_terms;
mod curricula;
mod examples;
mod exported_tables;
mod figured;
mod foreign_shelf;
mod german_example;
mod headers;
mod hostile_books;
mod hostile_case;
mod hostile_standards;
mod hostile_tables;
mod link;
mod making;
mod moodle;
mod naughty;
mod odd_tables;
mod opensalt_books;
mod outward;
mod qr;
mod random_plan;
mod registry;
mod release;
mod release_choices;
mod release_moves;
mod releases;
mod review_forms;
mod shelf;
mod skills;
mod standards;
mod standards_tables;
mod tables;
mod templates;
mod waiting;
mod ways_out;
mod weft_json;
mod what_comes_back;
mod workbooks;
mod written_books;
mod written_papers;
