//! The plans on this device: listed, started, copied, deleted, without opening
//! them in the editor.

use weft_document::{Author, PeerId};
use weft_model::{Act, EditError, Uid};
use weft_session::{
    Card, Effect, Event, LineKind, OpenProblem, Opening, SaveState, Session, StoreError, Untaken,
    log,
};

use super::channel::Channel;
use super::device::{chance, now_millis};
use super::locks;
use super::profile::author;
use super::runtime::TABS;
use super::store::Store;
use super::unsaved;

/// Deleted plans can be brought back for this long, in milliseconds: 30 days.
const KEEP_DELETED: i64 = 30 * 24 * 3_600_000;

/// Why a plan could not be started or copied.
#[derive(Clone, Debug, PartialEq)]
pub enum LibraryError {
    /// The storage refuses.
    Store(StoreError),
    /// What the plan should be made of does not fit together.
    Edit(EditError),
    /// The plan to copy cannot be read.
    Plan(OpenProblem),
    /// What came was not taken.
    Untaken(Untaken),
}

impl From<StoreError> for LibraryError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// All plans of this device.
#[derive(Clone, Default)]
pub struct Library {
    store: Store,
}

impl Library {
    /// The storage that the plans are in.
    pub fn store(&self) -> Store {
        self.store.clone()
    }

    /// Cards of all plans, the last edited first; deleted ones among them.
    /// Those deleted long ago are forgotten on the way.
    pub async fn cards(&self) -> Result<Vec<Card>, StoreError> {
        let stored = self.store.cards().await?;
        let mut cards: Vec<Card> = stored.iter().filter_map(|card| Card::read(card)).collect();
        let now = now_millis();
        let old = |card: &Card| {
            card.deleted_millis
                .is_some_and(|at| at + KEEP_DELETED < now)
        };
        for card in cards.iter().filter(|card| old(card)) {
            self.store.forget(&card.plan).await?;
        }
        cards.retain(|card| !old(card));
        cards.sort_by_key(|card| (-card.edited_millis, card.plan.clone()));
        Ok(cards)
    }

    /// Starts a new plan from an act, and keeps it; `named` are those of whom it speaks.
    /// Returns its id.
    pub async fn start(&self, act: Act, named: Vec<Author>) -> Result<Uid, LibraryError> {
        self.start_from(act, named, |_| Vec::new()).await
    }

    /// The same, with further acts that follow from what the first one has made.
    pub async fn start_from(
        &self,
        act: Act,
        named: Vec<Author>,
        then: impl FnOnce(&Session) -> Vec<Act>,
    ) -> Result<Uid, LibraryError> {
        let plan = Uid(chance());
        let (mut session, _) = open_session(plan, Vec::new(), None).map_err(LibraryError::Plan)?;
        let act_all = |session: &mut Session, acts: Vec<Act>| {
            for act in acts {
                for effect in session.handle(now_millis(), Event::Acted(act)) {
                    if let Effect::Refuse(error) = effect {
                        return Err(LibraryError::Edit(error));
                    }
                }
            }
            Ok(())
        };
        session.handle(now_millis(), Event::SpeaksOf(named));
        act_all(&mut session, vec![act])?;
        let more = then(&session);
        act_all(&mut session, more)?;
        self.keep(&session).await?;
        Ok(plan)
    }

    async fn keep(&self, session: &Session) -> Result<(), StoreError> {
        let record = session.record();
        let bytes = record.len() as u64;
        let card = Card {
            excerpt_of: session.origin().map(|it| it.plan.to_string()),
            ..Card::of(session.id(), session.plan(), now_millis(), bytes)
        };
        self.store
            .append(&card.plan, &[record], &card.write())
            .await
    }

    /// Keeps a plan that came with its history and is not here yet.
    pub async fn keep_history(&self, plan: Uid, history: &[u8]) -> Result<(), LibraryError> {
        unsaved::put_aside(&plan.to_string(), None);
        let record = log::snapshot(history, &[]);
        let (session, _) = open_session(plan, vec![&record], None).map_err(LibraryError::Plan)?;
        self.keep(&session).await?;
        Ok(())
    }

    /// The card of a plan, deleted or not; nothing if it is not here.
    pub async fn card(&self, plan: Uid) -> Result<Option<Card>, StoreError> {
        let stored = self.store.card(&plan.to_string()).await?;
        Ok(stored.as_deref().and_then(Card::read))
    }

    /// The cards of the excerpts of a plan that are here.
    pub async fn excerpts(&self, of: Uid) -> Result<Vec<Card>, StoreError> {
        let of = Some(of.to_string());
        let mut cards = self.cards().await?;
        cards.retain(|card| card.excerpt_of == of && card.deleted_millis.is_none());
        Ok(cards)
    }

    /// Takes a history into a plan that is here. Tabs that have the plan open
    /// hear of it at once.
    pub async fn take_in(&self, plan: Uid, history: Vec<u8>) -> Result<(), LibraryError> {
        unsaved::put_aside(&plan.to_string(), None);
        self.handle(plan, None, vec![Event::Received(history)])
            .await
    }

    /// Does something to a plan that is here, without opening it in the editor.
    pub async fn act(&self, plan: Uid, acts: Vec<Act>) -> Result<(), LibraryError> {
        let acts = acts.into_iter().map(Event::Acted);
        self.handle(plan, None, acts.collect()).await
    }

    /// The same with an act that came from elsewhere, and with those of whom it speaks.
    /// It is recorded as `by`'s.
    pub async fn act_of_others(
        &self,
        plan: Uid,
        by: Author,
        acts: Vec<Act>,
        named: Vec<Author>,
    ) -> Result<(), LibraryError> {
        let mut events = vec![Event::SpeaksOf(named)];
        events.extend(acts.into_iter().map(Event::Acted));
        self.handle(plan, Some(by), events).await
    }

    async fn handle(
        &self,
        plan: Uid,
        by: Option<Author>,
        events: Vec<Event>,
    ) -> Result<(), LibraryError> {
        let name = plan.to_string();
        let records = self.store.log(&name).await?;
        let records = records.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        let card = self.card(plan).await?;
        let by = by.unwrap_or_else(|| author(Some(plan)));
        // Opening may have something to write itself, as who works here now: what comes
        // behind it is handed out only when that is on the device.
        let (mut session, mut effects) =
            open_as(plan, records, card, by).map_err(LibraryError::Plan)?;
        let line = Channel::open(&format!("weft:{name}"), |_| ());
        let mut waiting: std::collections::VecDeque<Event> = events.into();
        // Heard, but not answered: nobody is told that somebody has come.
        let kind = LineKind::Tabs;
        session.handle(now_millis(), Event::Joined { line: TABS, kind });
        loop {
            for effect in effects {
                match effect {
                    Effect::Append {
                        ticket,
                        records,
                        card,
                    } => {
                        self.store.append(&name, &records, &card.write()).await?;
                        // The session hands out the next records only then.
                        waiting.push_back(Event::Written { ticket });
                    }
                    Effect::Say { frame, .. } => {
                        if let Some(line) = &line {
                            line.tell(&frame);
                        }
                    }
                    Effect::Refuse(error) => return Err(LibraryError::Edit(error)),
                    Effect::Untaken(why) => return Err(LibraryError::Untaken(why)),
                    _ => {}
                }
            }
            match waiting.pop_front() {
                Some(event) => effects = session.handle(now_millis(), event),
                None => break,
            }
        }
        // Nothing is called done that is not kept.
        if matches!(
            session.save_state(),
            SaveState::Saving | SaveState::Failing(_)
        ) {
            return Err(StoreError::Lost.into());
        }
        for (_, frame) in session.goodbyes() {
            if let Some(line) = &line {
                line.tell(&frame);
            }
        }
        Ok(())
    }

    /// Looks into a plan without opening it in the editor.
    pub async fn peek<T>(
        &self,
        plan: Uid,
        look: impl FnOnce(&Session) -> T,
    ) -> Result<T, LibraryError> {
        let name = plan.to_string();
        let records = self.store.log(&name).await?;
        let records = records.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        let (session, _) = open_session(plan, records, None).map_err(LibraryError::Plan)?;
        Ok(look(&session))
    }

    /// Whether another tab has the plan open, and would write it again.
    pub async fn is_open_elsewhere(&self, card: &Card) -> bool {
        locks::is_led(&format!("weft:{}", card.plan)).await
    }

    /// Puts a plan aside; it can be brought back.
    pub async fn delete(&self, card: &Card) -> Result<(), StoreError> {
        let now = now_millis();
        let gone = Card {
            deleted_millis: Some(now),
            ..card.clone()
        };
        unsaved::put_aside(&card.plan, Some(now));
        self.store.put_card(&card.plan, &gone.write()).await
    }

    /// Brings a deleted plan back.
    pub async fn restore(&self, card: &Card) -> Result<(), StoreError> {
        unsaved::put_aside(&card.plan, None);
        let back = Card {
            deleted_millis: None,
            ..card.clone()
        };
        self.store.put_card(&card.plan, &back.write()).await
    }

    /// Deletes a plan for good.
    pub async fn forget(&self, card: &Card) -> Result<(), StoreError> {
        unsaved::put_aside(&card.plan, Some(0));
        self.store.forget(&card.plan).await
    }
}

fn open_session(
    plan: Uid,
    records: Vec<&[u8]>,
    card: Option<Card>,
) -> Result<(Session, Vec<Effect>), OpenProblem> {
    open_as(plan, records, card, author(Some(plan)))
}

fn open_as(
    plan: Uid,
    records: Vec<&[u8]>,
    card: Option<Card>,
    author: Author,
) -> Result<(Session, Vec<Effect>), OpenProblem> {
    weft_session::open(Opening {
        records,
        plan,
        card,
        peer: PeerId(chance()),
        author,
        now: now_millis(),
    })
}
