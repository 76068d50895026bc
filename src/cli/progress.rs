//! How far a long run is, for somebody who watches: on a terminal, past the first second.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A line on standard error that counts; goes away when dropped.
pub(super) struct Progress {
    state: Arc<State>,
    painter: Option<JoinHandle<()>>,
}

struct State {
    done: AtomicUsize,
    total: usize,
    over: AtomicBool,
}

impl Progress {
    /// Counts up to `total` files; shows nothing unless `wanted` and somebody can see it.
    pub(super) fn new(total: usize, wanted: bool) -> Self {
        let state = Arc::new(State { done: AtomicUsize::new(0), total, over: AtomicBool::new(false) });
        let shown = wanted && std::io::stderr().is_terminal() && super::environment("CI").is_none();
        let watched = Arc::clone(&state);
        let painter = shown.then(|| thread::spawn(move || watched.paint()));
        Progress { state, painter }
    }

    /// One more is done. Can be called from any thread.
    pub(super) fn step(&self) {
        self.state.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl State {
    fn paint(&self) {
        thread::park_timeout(Duration::from_secs(1));
        let mut painted = false;
        while !self.over.load(Ordering::Acquire) {
            let done = self.done.load(Ordering::Relaxed);
            let _ = write!(std::io::stderr(), "\r{done} of {} files\u{1b}[K", self.total);
            painted = true;
            thread::park_timeout(Duration::from_millis(100));
        }
        if painted {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.state.over.store(true, Ordering::Release);
        if let Some(painter) = self.painter.take() {
            painter.thread().unpark();
            let _ = painter.join();
        }
    }
}
