//! What is said in the simulation, and how it comes to be heard.

use rand::Rng;
use weft_session::LineId;

use crate::World;
use crate::support::TABS;

impl World {
    /// What was said goes onto its way.
    pub fn carry(&mut self, honest: bool) {
        for from in 0..self.devices.len() {
            for at in 0..self.devices[from].tabs.len() {
                // What was put off waits for a moment, or for the next event.
                if honest || self.time % 3 > 0 {
                    self.devices[from].tabs[at].tab.pay();
                }
                self.send_off(from, at, honest);
            }
        }
    }

    /// A tab writes and says what it has put off: one without the other does not happen.
    pub fn pay(&mut self, who: usize, at: usize) {
        self.devices[who].tabs[at].tab.pay();
        self.send_off(who, at, false);
    }

    fn send_off(&mut self, from: usize, at: usize, honest: bool) {
        let said = std::mem::take(&mut self.devices[from].tabs[at].tab.said);
        for (line, frame) in said {
            if line == TABS {
                let tabs = self.devices[from].tabs.iter_mut().enumerate();
                let others = tabs.filter(|(other, _)| *other != at);
                others.for_each(|(_, it)| it.heard.push(frame.clone()));
            } else if let Some(to) = self.other_end(from, line) {
                self.pass_on(from, to, line, frame, honest);
            }
        }
    }

    fn other_end(&self, from: usize, line: LineId) -> Option<usize> {
        let found = self.devices[from].lines.iter().find(|it| it.0 == line);
        found.map(|it| it.1)
    }

    fn pass_on(&mut self, from: usize, to: usize, line: LineId, frame: Vec<u8>, honest: bool) {
        let cut = self.parted.is_some_and(|at| (from < at) != (to < at));
        if !honest && (cut || self.rng.random_ratio(self.loss, 100)) {
            return;
        }
        let heard = &mut self.devices[to].heard;
        if !honest && self.rng.random_ratio(self.loss, 100) {
            heard.push((line, frame.clone()));
        }
        heard.push((line, frame));
        if !honest && self.loss > 0 && self.rng.random_ratio(1, 3) {
            let at = self.rng.random_range(0..heard.len());
            let last = heard.len() - 1;
            heard.swap(at, last);
        }
    }

    /// All that was said is heard.
    pub fn talk(&mut self) {
        for _ in 0..20 {
            self.carry(true);
            for who in 0..self.devices.len() {
                for at in 0..self.devices[who].tabs.len() {
                    self.devices[who].hear_tabs(at, self.time, usize::MAX);
                }
                self.devices[who].hear(self.time, usize::MAX);
            }
        }
    }
}
