//! What a session says to its live partners and does with what they say: one
//! protocol for the tabs of a device and for every connection.
//!
//! Whoever joins says hello with the version of its copy and is sent what it
//! lacks, in parts. Then every change goes out as it is made. Every now and then
//! everybody says how far they are, by which lost frames are noticed and sent
//! again. What comes over one line goes on over the others. Nothing here depends
//! on frames arriving at all, in order, or once.

use weft_document::{PeerId, SCHEMA, Version};
use weft_model::Uid;

use crate::event::{Effect, Notice};
use crate::lines::{Added, BEAT, Line, LineId, LineKind, PARTNERS, Partner, Present, SILENCE, due};
use crate::session::Session;
use crate::wire::{BadFrame, Body, Frame, Hello, PART, PROGRAM, Parting, Place};

impl Session {
    /// Who has the plan open, too, as far as is known.
    pub fn present(&self) -> Vec<Present> {
        self.lines.present()
    }

    /// How far a partner is who is here under this author's name.
    pub fn reached(&self, author: Uid) -> Option<Version> {
        let lines = self.lines.all.values();
        let mut found = lines
            .filter(|line| line.kind == LineKind::Partner)
            .flat_map(|line| line.partners.values())
            .filter(|it| it.greeted && it.author == author);
        found.next().map(|it| it.version.clone())
    }

    pub(crate) fn join(
        &mut self,
        now: i64,
        line: LineId,
        kind: LineKind,
        effects: &mut Vec<Effect>,
    ) {
        self.lines.all.insert(line, Line::new(kind));
        let hello = self.hello(true);
        self.say(line, None, hello, effects);
        self.keep_beating(now, effects);
    }

    pub(crate) fn leave(&mut self, line: LineId, effects: &mut Vec<Effect>) {
        if self.lines.all.remove(&line).is_some() {
            effects.push(Effect::Presence);
        }
    }

    /// The frames that take leave of everybody.
    pub fn goodbyes(&self) -> Vec<(LineId, Vec<u8>)> {
        let lines = self.lines.all.keys();
        lines
            .map(|line| (*line, self.frame(None, Body::Goodbye(Parting::Left))))
            .collect()
    }

    pub(crate) fn move_to(&mut self, place: Place, effects: &mut Vec<Effect>) {
        if self.lines.place != place {
            self.lines.place = place;
            self.say_to_all(&Body::Presence(self.lines.place.clone()), effects);
        }
    }

    /// A change goes to everybody, but not back to where it came from.
    pub(crate) fn spread(
        &mut self,
        update: &[u8],
        except: Option<LineId>,
        effects: &mut Vec<Effect>,
    ) {
        let lines: Vec<LineId> = (self.lines.all.iter())
            .filter(|(id, line)| {
                // Tabs may be there that have not been heard of yet.
                let anybody = line.kind == LineKind::Tabs || !line.partners.is_empty();
                Some(**id) != except && anybody
            })
            .map(|(id, _)| *id)
            .collect();
        for line in lines {
            self.send_changes(line, None, update, effects);
        }
    }

    /// Sees to it that the next beat is asked for. One is on its way at a time:
    /// none is given up because of what a clock says meanwhile.
    fn keep_beating(&mut self, now: i64, effects: &mut Vec<Effect>) {
        if self.lines.beating || self.lines.nobody() {
            return;
        }
        self.lines.beating = true;
        effects.push(Effect::Beat(now + BEAT));
    }

    /// Says how far this one is, and forgets who is gone.
    pub(crate) fn beat(&mut self, now: i64, effects: &mut Vec<Effect>) {
        self.lines.beating = false;
        if self.lines.nobody() {
            return;
        }
        let before = self.lines.present().len();
        for line in self.lines.all.values_mut() {
            line.partners.retain(|_, it| {
                // A clock that was put back must not keep anybody for years.
                it.heard = it.heard.min(now);
                now - it.heard < SILENCE
            });
        }
        if self.lines.present().len() != before {
            effects.push(Effect::Presence);
        }
        let version = self.document.version();
        // Worked out once a pause: it looks at all that is stored.
        let hash = match &self.lines.hashed {
            Some((then, 0)) if *then == version => self.document.fingerprint(),
            Some((then, hash)) if *then == version => *hash,
            _ => 0,
        };
        self.lines.hashed = Some((version.clone(), hash));
        self.say_to_all(&Body::HowFar { hash, version }, effects);
        // Whoever should be there and has not answered may have missed the hello.
        let silent = self.lines.all.iter().filter(|(_, line)| {
            line.kind == LineKind::Partner && !line.partners.values().any(|it| it.greeted)
        });
        for line in silent.map(|(id, _)| *id).collect::<Vec<_>>() {
            self.say(line, None, self.hello(true), effects);
        }
        if self.lines.place != Place::default() {
            self.say_to_all(&Body::Presence(self.lines.place.clone()), effects);
        }
        self.keep_beating(now, effects);
    }

    /// Hears frames of a line in their order. Changes among them are taken in behind
    /// them all and at one go: that is far quicker, and asks nobody for what lies here
    /// already.
    pub(crate) fn hear_all(
        &mut self,
        now: i64,
        line: LineId,
        frames: &[Vec<u8>],
        out: &mut Vec<Effect>,
    ) {
        let mut updates = Vec::new();
        for frame in frames {
            self.hear(now, line, frame, &mut updates, out);
        }
        self.take_in_all(now, line, updates, out);
    }

    fn hear(
        &mut self,
        now: i64,
        line: LineId,
        bytes: &[u8],
        updates: &mut Vec<(PeerId, Vec<u8>)>,
        out: &mut Vec<Effect>,
    ) {
        let Some(at) = self.lines.all.get_mut(&line) else {
            return;
        };
        let kind = at.kind;
        if kind == LineKind::Partner && !at.allowance.take(now, bytes.len()) {
            return self.hang_up(line, Parting::Flood, out);
        }
        let frame = match Frame::read(bytes) {
            Ok(frame) => frame,
            Err(BadFrame::Newer) if kind == LineKind::Tabs => return self.grow_stale(out),
            // It will see from the answer that it is the older one.
            Err(BadFrame::Older) if kind == LineKind::Tabs => {
                return self.say(line, None, self.hello(false), out);
            }
            // Something else uses our channel; it is none of our business.
            Err(BadFrame::Nonsense) if kind == LineKind::Tabs => return,
            Err(BadFrame::Newer) => return self.hang_up(line, Parting::Newer, out),
            Err(BadFrame::Older) => return self.hang_up(line, Parting::Older, out),
            Err(BadFrame::Nonsense) => {
                if !at.allowance.forgive() {
                    self.hang_up(line, Parting::Nonsense, out);
                }
                return;
            }
        };
        let me = self.document.peer();
        let Frame { from, to, body } = frame;
        if from == me || to.is_some_and(|to| to != me) || at.dropped.contains(&from) {
            return;
        }
        let body = match body {
            Body::Hello(hello) => return self.greet(now, line, from, hello, out),
            Body::Goodbye(why) => return self.bid_farewell(line, from, why, out),
            body => body,
        };
        if !at.partners.get(&from).is_some_and(|it| it.greeted) {
            // It has joined, but its hello was lost, or is still to come.
            if due(&mut at.asked, now) {
                let hello = self.hello(true);
                self.say(line, Some(from), hello, out);
            }
        }
        let Some(at) = self.lines.all.get_mut(&line) else {
            return;
        };
        // Home writes into a plan without opening it: that is a tab, too.
        let trusted = kind == LineKind::Tabs && at.partners.len() < PARTNERS;
        if trusted && matches!(body, Body::Changes { .. }) {
            (at.partners.entry(from)).or_insert_with(|| Partner::unknown(now));
        }
        let Some(partner) = at.partners.get_mut(&from) else {
            return;
        };
        partner.heard = now;
        match body {
            Body::HowFar { hash, version } => {
                partner.version = version;
                self.compare(line, from, hash, out);
                self.catch_up(now, line, from, true, out);
            }
            Body::Changes {
                parcel,
                part,
                parts,
                bytes,
            } => match partner.parcels.add(parcel, part, parts, bytes) {
                Added::Waiting => {}
                Added::Whole(update) => updates.push((from, update)),
                Added::TooMuch => self.part(line, from, Parting::Flood, out),
                Added::Nonsense => self.part(line, from, Parting::Nonsense, out),
            },
            Body::Presence(place) => {
                if partner.place != place {
                    partner.place = place;
                    out.push(Effect::Presence);
                }
            }
            Body::Hello(_) | Body::Goodbye(_) => {}
        }
    }

    fn greet(&mut self, now: i64, line: LineId, from: PeerId, it: Hello, out: &mut Vec<Effect>) {
        let Some(at) = self.lines.all.get_mut(&line) else {
            return;
        };
        match at.kind {
            LineKind::Tabs => {
                if it.program > PROGRAM || it.schema > SCHEMA {
                    return self.grow_stale(out);
                } else if it.plan != self.document.id() {
                    return;
                }
            }
            LineKind::Partner => {
                let why = if it.plan != self.document.id() {
                    Some(Parting::OtherPlan)
                } else if it.schema > SCHEMA {
                    Some(Parting::Newer)
                } else if it.schema < SCHEMA {
                    Some(Parting::Older)
                } else {
                    None
                };
                if let Some(why) = why {
                    return self.hang_up(line, why, out);
                }
            }
        }
        if at.partners.len() >= PARTNERS && !at.partners.contains_key(&from) {
            if at.kind == LineKind::Partner {
                self.hang_up(line, Parting::Flood, out);
            }
            return;
        }
        out.push(Effect::Presence);
        let partner = (at.partners.entry(from)).or_insert_with(|| Partner::unknown(now));
        // The first hello is answered at once with all that is lacking. Whoever says it
        // over and over waits like anybody else: each answer may be the whole plan.
        if !std::mem::replace(&mut partner.greeted, true) {
            partner.sent = None;
        }
        partner.author = it.author;
        partner.name = it.name;
        partner.version = it.version;
        partner.heard = now;
        if it.answer {
            let hello = self.hello(false);
            self.say(line, Some(from), hello, out);
        }
        if self.lines.place != Place::default() {
            let place = Body::Presence(self.lines.place.clone());
            self.say(line, Some(from), place, out);
        }
        self.catch_up(now, line, from, false, out);
        self.keep_beating(now, out);
    }

    fn bid_farewell(&mut self, line: LineId, from: PeerId, why: Parting, out: &mut Vec<Effect>) {
        let Some(at) = self.lines.all.get_mut(&line) else {
            return;
        };
        let gone = at.partners.remove(&from);
        out.push(Effect::Presence);
        if why != Parting::Left {
            let who = gone.map(|gone| gone.name).unwrap_or_default();
            let why = why.mirrored();
            out.push(Effect::Notify(Notice::Parted { who, why }));
        }
        if self.lines.all.get(&line).map(|at| at.kind) == Some(LineKind::Partner) {
            self.close(line, out);
        }
    }

    /// Sends a partner what it lacks; asks it for what is lacking here.
    fn catch_up(
        &mut self,
        now: i64,
        line: LineId,
        peer: PeerId,
        ask: bool,
        effects: &mut Vec<Effect>,
    ) {
        let mine = self.document.version();
        let Some(partner) = self.partner(line, peer) else {
            return;
        };
        let theirs = partner.version.clone();
        let send = !theirs.includes(&mine) && due(&mut partner.sent, now);
        let ask = ask && !mine.includes(&theirs) && due(&mut partner.asked, now);
        if send {
            let updates = self.document.updates_since(&theirs);
            self.send_changes(line, Some(peer), &updates, effects);
        }
        if ask {
            let how_far = Body::HowFar {
                hash: 0,
                version: mine,
            };
            self.say(line, Some(peer), how_far, effects);
        }
    }

    /// Two copies at one version must hold one plan.
    fn compare(&mut self, line: LineId, peer: PeerId, hash: u64, effects: &mut Vec<Effect>) {
        let mine = self.document.version();
        let equal = self
            .partner(line, peer)
            .is_some_and(|it| it.version == mine);
        if hash == 0 || !equal {
            return;
        }
        let known = match &self.lines.hashed {
            Some((then, known)) if *then == mine && *known != 0 => *known,
            _ => self.document.fingerprint(),
        };
        self.lines.hashed = Some((mine, known));
        if known != hash {
            match self.lines.all.get(&line).map(|line| line.kind) {
                Some(LineKind::Tabs) => self.grow_apart(effects),
                _ => self.part(line, peer, Parting::Diverged, effects),
            }
        }
    }

    pub(crate) fn grow_stale(&mut self, effects: &mut Vec<Effect>) {
        if !self.stale {
            self.stale = true;
            effects.push(Effect::Notify(Notice::NewerTab));
        }
    }

    pub(crate) fn grow_apart(&mut self, effects: &mut Vec<Effect>) {
        if !self.diverged {
            self.stale = true;
            self.diverged = true;
            effects.push(Effect::Notify(Notice::Diverged));
        }
    }

    /// Breaks with one partner; a line to a single one is closed with it.
    pub(crate) fn part(
        &mut self,
        line: LineId,
        peer: PeerId,
        why: Parting,
        effects: &mut Vec<Effect>,
    ) {
        let Some(at) = self.lines.all.get_mut(&line) else {
            return;
        };
        if at.kind == LineKind::Partner {
            return self.hang_up(line, why, effects);
        }
        let gone = at.partners.remove(&peer);
        at.dropped.insert(peer);
        let who = gone.map(|gone| gone.name).unwrap_or_default();
        self.say(line, Some(peer), Body::Goodbye(why), effects);
        effects.push(Effect::Notify(Notice::Parted { who, why }));
        effects.push(Effect::Presence);
    }

    /// Ends a line with a reason that both sides are told.
    fn hang_up(&mut self, line: LineId, why: Parting, effects: &mut Vec<Effect>) {
        let Some(at) = self.lines.all.get(&line) else {
            return;
        };
        let who = at.partners.values().next().map(|it| it.name.clone());
        let who = who.unwrap_or_default();
        self.say(line, None, Body::Goodbye(why), effects);
        effects.push(Effect::Notify(Notice::Parted { who, why }));
        self.close(line, effects);
    }

    fn close(&mut self, line: LineId, effects: &mut Vec<Effect>) {
        self.lines.all.remove(&line);
        effects.push(Effect::Close(line));
        effects.push(Effect::Presence);
    }

    pub(crate) fn partner(&mut self, line: LineId, peer: PeerId) -> Option<&mut Partner> {
        self.lines.all.get_mut(&line)?.partners.get_mut(&peer)
    }

    fn hello(&self, answer: bool) -> Body {
        Body::Hello(Hello {
            program: PROGRAM,
            schema: SCHEMA,
            plan: self.document.id(),
            answer,
            author: self.author.uid,
            name: self.author.name.clone(),
            version: self.document.version(),
        })
    }

    fn frame(&self, to: Option<PeerId>, body: Body) -> Vec<u8> {
        let from = self.document.peer();
        Frame { from, to, body }.write()
    }

    pub(crate) fn say(
        &self,
        line: LineId,
        to: Option<PeerId>,
        body: Body,
        effects: &mut Vec<Effect>,
    ) {
        let frame = self.frame(to, body);
        effects.push(Effect::Say { line, frame });
    }

    fn say_to_all(&self, body: &Body, effects: &mut Vec<Effect>) {
        for (line, at) in &self.lines.all {
            if !at.partners.is_empty() {
                self.say(*line, None, body.clone(), effects);
            }
        }
    }

    fn send_changes(
        &mut self,
        line: LineId,
        to: Option<PeerId>,
        update: &[u8],
        effects: &mut Vec<Effect>,
    ) {
        self.lines.parcel = self.lines.parcel.wrapping_add(1);
        let parts: Vec<&[u8]> = update.chunks(PART).collect();
        // What is larger than anybody takes in at once goes as a file.
        let Ok(count) = u16::try_from(parts.len()) else {
            return;
        };
        for (part, bytes) in parts.into_iter().enumerate() {
            let changes = Body::Changes {
                parcel: self.lines.parcel,
                part: part as u16,
                parts: count,
                bytes: bytes.to_vec(),
            };
            self.say(line, to, changes, effects);
        }
    }
}
