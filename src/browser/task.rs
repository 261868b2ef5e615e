//! Work that goes on after the caller has returned, and tasks of their own.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use wasm_bindgen::prelude::*;
use web_sys::{MessageChannel, MessagePort};

/// Runs a future in the background.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// The same, with its first stretch at once: what it asks the browser for is on its way
/// before anything else that waits for a turn.
pub fn begin(work: impl Future<Output = ()> + 'static) {
    let mut work = Box::pin(work);
    let mut context = Context::from_waker(Waker::noop());
    // Whatever is called meanwhile is asked once more, now with somebody to wake.
    if work.as_mut().poll(&mut context).is_pending() {
        spawn(work);
    }
}

/// Resumes as a task of its own, behind what the browser has to do now and
/// before any timer; also in a tab in the background, where timers are held
/// back. Tasks resume in the order in which they were asked for.
pub async fn next_task() {
    let turn = Rc::new(Turn::default());
    let asked = LINE.with(|line| line.as_ref().is_some_and(|line| line.ask(&turn)));
    if asked {
        Awaited(turn).await;
    }
}

thread_local! {
    /// Nothing where the browser has no channels.
    static LINE: Option<Line> = Line::new();
}

/// Whoever waits, and the one channel on which a message is under way while anybody does:
/// to make a channel, and to send through it, takes the browser longer than most of what
/// is put off.
struct Line {
    into: MessagePort,
    waiting: Rc<RefCell<VecDeque<Rc<Turn>>>>,
}

impl Line {
    fn new() -> Option<Self> {
        let channel = MessageChannel::new().ok()?;
        let waiting: Rc<RefCell<VecDeque<Rc<Turn>>>> = Rc::default();
        let (into, line) = (channel.port2(), Rc::clone(&waiting));
        let come = Closure::<dyn Fn()>::new(move || {
            let next = line.borrow_mut().pop_front();
            if !line.borrow().is_empty() {
                // It has been sent once, so it can be sent again.
                drop(into.post_message(&JsValue::NULL));
            }
            if let Some(turn) = next {
                turn.come();
            }
        });
        channel
            .port1()
            .set_onmessage(Some(come.into_js_value().unchecked_ref()));
        let into = channel.port2();
        Some(Self { into, waiting })
    }

    fn ask(&self, turn: &Rc<Turn>) -> bool {
        let mut waiting = self.waiting.borrow_mut();
        let sent = !waiting.is_empty() || self.into.post_message(&JsValue::NULL).is_ok();
        if sent {
            waiting.push_back(Rc::clone(turn));
        }
        sent
    }
}

/// Whether its message has come, and whom to tell.
#[derive(Default)]
struct Turn {
    here: Cell<bool>,
    waker: Cell<Option<Waker>>,
}

impl Turn {
    fn come(&self) {
        self.here.set(true);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

struct Awaited(Rc<Turn>);

impl Future for Awaited {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0.here.get() {
            return Poll::Ready(());
        }
        self.0.waker.set(Some(context.waker().clone()));
        Poll::Pending
    }
}
