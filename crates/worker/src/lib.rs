//! The shell around the core of the Worker's program (`crates/sandbox`): what
//! `worker.js` calls, and what it gives. A program of its own, which `cargo xtask`
//! builds beside the editor. A panic ends the instance; the script tells the editor,
//! which replaces the Worker.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use weft_sandbox::{Answer, Given, Job, Port, Sandbox, read, write};

// Functions of worker.js, which is one script with what wasm-bindgen makes.
#[wasm_bindgen]
extern "C" {
    fn weft_panicked(text: &str);
    fn weft_progress(share: f64);
    fn weft_decode(label: &str, bytes: &[u8]) -> Option<String>;
    fn weft_hand_out(bytes: &[u8]);
}

thread_local! {
    static FILES: RefCell<Vec<Given>> = const { RefCell::new(Vec::new()) };
    static SANDBOX: RefCell<Sandbox> = RefCell::default();
}

struct Script;

impl Port for Script {
    fn progress(&mut self, share: f64) {
        weft_progress(share);
    }

    fn decode(&mut self, label: &str, bytes: &[u8]) -> Option<String> {
        weft_decode(label, bytes)
    }

    fn hand_out(&mut self, bytes: &[u8]) {
        weft_hand_out(bytes);
    }
}

/// Called once, when the program has loaded.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| weft_panicked(&info.to_string())));
}

/// One of the files of the next job.
#[wasm_bindgen]
pub fn offer(name: String, bytes: Vec<u8>) {
    FILES.with_borrow_mut(|files| files.push(Given { name, bytes }));
}

/// Does a job with the files that were offered since the last one.
#[wasm_bindgen]
pub fn answer(job: Vec<u8>) -> Vec<u8> {
    let files = FILES.take();
    let read = read::<Job>(&job);
    drop(job);
    let answer = match read {
        Some(job) => SANDBOX.with_borrow_mut(|it| it.answer(job, &files, &mut Script)),
        None => Answer::OtherBuild,
    };
    write(&answer)
}
