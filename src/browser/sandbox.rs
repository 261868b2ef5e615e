//! The Worker that opens files from elsewhere and makes those that go out: started
//! at the first file, kept warm between jobs, ended when a job is given up, takes
//! too long or stops its program, and never used again after that. Files come and
//! go as handles: their bytes never pass through this program.
//!
//! Not here: what a job is (`weft_sandbox`), and how its failures are said.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, MessageEvent, Worker};
use weft_sandbox::{Answer, Job};

use super::files::{Chosen, Parcel};
use super::itself;
use super::timer::Timer;
use super::trusted;

/// How long a job may take, in milliseconds; getting the program ready does not
/// count. The largest files that are read take some seconds on a slow device.
pub const LIMIT_MILLIS: u32 = 60_000;
/// A Worker that holds more memory than this is not kept: a program never gives
/// memory back.
const KEPT_MEMORY: f64 = 128.0 * 1_048_576.0;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser starts no Worker.
    Unavailable,
    /// The Worker's program did not come: no connection, or another release.
    Missing,
    /// Its program stopped over these files.
    Crashed,
    /// These files need more memory than there is.
    TooBig,
    /// They took longer than [`LIMIT_MILLIS`].
    TooSlow,
    /// The person gave it up.
    Stopped,
    /// The browser could not read this file: moved, deleted or not permitted.
    Unreadable(String),
}

/// Gives up the job that it was handed to; of use for one job at a time.
#[derive(Clone, Default)]
pub struct Stop(Rc<RefCell<Option<Function>>>);

impl Stop {
    /// Gives up what is on its way, if anything is.
    pub fn pull(&self) {
        if let Some(end) = self.0.borrow_mut().take() {
            end_with(&end, "stopped");
        }
    }
}

fn end_with(resolve: &Function, word: &str) {
    let message = Object::new();
    // A plain object takes any property.
    drop(Reflect::set(&message, &"kind".into(), &word.into()));
    drop(resolve.call1(&JsValue::NULL, &message));
}

/// A Worker whose program is ready. Ended when dropped.
struct Running {
    worker: Worker,
    /// The moment of the plan that it keeps.
    keeps: RefCell<Vec<u8>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

thread_local! {
    static WARM: RefCell<Option<Running>> = const { RefCell::new(None) };
}

/// Whether the Worker has the plan of this moment, by what it was last asked for.
pub fn keeps(moment: &[u8]) -> bool {
    WARM.with_borrow(|warm| warm.as_ref().is_some_and(|it| *it.keeps.borrow() == moment))
}

/// Does a job. While another is on its way, a second Worker does it.
pub async fn ask(
    job: &Job,
    files: &[Chosen],
    stop: &Stop,
    progress: impl Fn(f64) + 'static,
) -> Result<Answer, Failure> {
    let (answer, _) = talk(job, files, stop, progress).await?;
    Ok(answer)
}

/// The same, with the files that go out.
pub async fn ask_for_files(
    job: &Job,
    stop: &Stop,
    progress: impl Fn(f64) + 'static,
) -> Result<(Answer, Vec<Parcel>), Failure> {
    let (answer, files) = talk(job, &[], stop, progress).await?;
    let blobs = files.iter().filter_map(|it| it.dyn_into::<Blob>().ok());
    Ok((answer, blobs.map(Parcel).collect()))
}

async fn talk(
    job: &Job,
    files: &[Chosen],
    stop: &Stop,
    progress: impl Fn(f64) + 'static,
) -> Result<(Answer, Array), Failure> {
    let warm = WARM.take();
    let running = match warm {
        Some(running) => running,
        None => start(stop).await?,
    };
    running.keeps.replace(match job {
        Job::Write(writing) => writing.moment.clone(),
        _ => Vec::new(),
    });
    let message = Object::new();
    let names: Array = files.iter().map(|file| JsValue::from(&file.name)).collect();
    let blobs: Array = files.iter().map(|file| JsValue::from(&file.blob)).collect();
    let bytes = Uint8Array::from(weft_sandbox::write(job).as_slice());
    for (name, value) in [
        ("kind", JsValue::from("job")),
        ("job", JsValue::from(&bytes)),
        ("names", names.into()),
        ("blobs", blobs.into()),
    ] {
        drop(Reflect::set(&message, &name.into(), &value));
    }
    let handed_over = Array::of1(&bytes.buffer());
    let heard = hear(&running.worker, stop, Some(LIMIT_MILLIS), progress, || {
        running
            .worker
            .post_message_with_transfer(&message, &handed_over)
            .is_ok()
    })
    .await;
    let text = |name: &str| field(&heard, name).as_string().unwrap_or_default();
    match text("kind").as_str() {
        "answer" => {
            let answer: Uint8Array = field(&heard, "answer").unchecked_into();
            // Written by another build: the page is older than what it loaded.
            let answer = weft_sandbox::read(&answer.to_vec()).ok_or(Failure::Missing)?;
            let memory = field(&heard, "memory").as_f64().unwrap_or(f64::MAX);
            if answer == Answer::OtherBuild {
                return Err(Failure::Missing);
            }
            if memory <= KEPT_MEMORY {
                WARM.replace(Some(running));
            }
            let files = field(&heard, "files").dyn_into().unwrap_or_default();
            Ok((answer, files))
        }
        "unreadable" => {
            WARM.replace(Some(running));
            Err(Failure::Unreadable(text("text")))
        }
        "trap" if field(&heard, "memory").is_truthy() => Err(Failure::TooBig),
        "slow" => Err(Failure::TooSlow),
        "stopped" => Err(Failure::Stopped),
        _ => {
            // For whoever looks for the mistake; the person is told in words.
            web_sys::console::warn_2(&"the sandbox stopped:".into(), &text("text").into());
            Err(Failure::Crashed)
        }
    }
}

/// Where the Worker's script is, and where its program is, or the program itself.
async fn script_and_program() -> Option<(JsValue, JsValue)> {
    if itself::is_one_file() {
        let script = itself::part("sandbox.js").await?;
        let program = itself::part("sandbox.wasm").await?;
        return Some((trusted::own_script(&script)?, program.into()));
    }
    let program = trusted::asset("sandbox.wasm")?;
    Some((trusted::script("sandbox.js")?, program.into()))
}

/// Starts a Worker and waits for its program.
async fn start(stop: &Stop) -> Result<Running, Failure> {
    let (script, wasm) = script_and_program().await.ok_or(Failure::Missing)?;
    // web-sys takes only a string, which Trusted Types refuse.
    let class: Function = Reflect::get(&window(), &"Worker".into())
        .ok()
        .and_then(|class| class.dyn_into().ok())
        .ok_or(Failure::Unavailable)?;
    let worker = Reflect::construct(&class, &Array::of1(&script))
        .map_err(|_| Failure::Unavailable)?
        .unchecked_into();
    let running = Running {
        worker,
        keeps: RefCell::default(),
    };
    let message = Object::new();
    drop(Reflect::set(&message, &"kind".into(), &"start".into()));
    drop(Reflect::set(&message, &"wasm".into(), &wasm));
    let heard = hear(
        &running.worker,
        stop,
        None,
        |_| {},
        || running.worker.post_message(&message).is_ok(),
    )
    .await;
    match field(&heard, "kind").as_string().as_deref() {
        Some("ready") => Ok(running),
        Some("stopped") => Err(Failure::Stopped),
        _ => Err(Failure::Missing),
    }
}

fn field(message: &JsValue, name: &str) -> JsValue {
    Reflect::get(message, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Says something to the Worker and waits for the message that ends it; a word of
/// our own where it does not come from there.
async fn hear(
    worker: &Worker,
    stop: &Stop,
    limit_millis: Option<u32>,
    progress: impl Fn(f64) + 'static,
    say: impl FnOnce() -> bool,
) -> JsValue {
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _| resolver = Some(resolve));
    let Some(resolve) = resolver else {
        return JsValue::UNDEFINED;
    };
    let settle = resolve.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        if field(&data, "kind") == "progress" {
            progress(field(&data, "share").as_f64().unwrap_or(0.0));
        } else {
            drop(settle.call1(&JsValue::NULL, &data));
        }
    });
    let broken = resolve.clone();
    let on_error = Closure::<dyn Fn(JsValue)>::new(move |_: JsValue| end_with(&broken, "error"));
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    stop.0.replace(Some(resolve.clone()));
    let timer = limit_millis.map(|millis| {
        let slow = resolve.clone();
        Timer::after(millis, move || end_with(&slow, "slow"))
    });
    if !say() {
        end_with(&resolve, "error");
    }
    let heard = JsFuture::from(promise).await.unwrap_or(JsValue::UNDEFINED);
    if let Some(timer) = timer {
        timer.stop();
    }
    worker.set_onmessage(None);
    worker.set_onerror(None);
    stop.0.replace(None);
    heard
}
