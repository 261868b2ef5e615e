//! Where the plans are kept: in the database of this device, or, where the editor
//! lies in one file with its plan, in memory. The storage of all local files is
//! one and the same, and the file is the truth: nothing of it is kept beside it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use weft_session::StoreError;

use super::database::{Database, Log};
use super::itself;

/// What happens to the database under our hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upset {
    /// Somebody deleted it, or the browser closed it.
    Gone,
    /// A newer program wants to change it; we have let go.
    Newer,
}

/// The storage. Clones are the same one.
#[derive(Clone)]
pub enum Store {
    /// The device's.
    Device(Database),
    /// That of one file, gone with the page.
    Page(Rc<RefCell<Pages>>),
}

/// What is kept in memory: cards and logs, as in the database.
#[derive(Default)]
pub struct Pages {
    cards: BTreeMap<String, String>,
    log: Vec<(u64, String, Vec<u8>)>,
    last_key: u64,
}

impl Pages {
    fn log_of(&self, plan: &str) -> Log {
        let own = self.log.iter().filter(|(_, of, _)| of == plan);
        own.map(|(key, _, bytes)| (*key, bytes.clone())).collect()
    }
}

impl Store {
    /// The storage of this page.
    pub fn new() -> Self {
        if itself::is_one_file() {
            Self::Page(Rc::default())
        } else {
            Self::Device(Database::new())
        }
    }

    /// Who hears when the database is deleted, closed or changed by others.
    pub fn on_upset(&self, listener: impl Fn(Upset) + 'static) {
        if let Self::Device(database) = self {
            database.on_upset(listener);
        }
    }

    /// The stored cards, in no particular order.
    pub async fn cards(&self) -> Result<Vec<String>, StoreError> {
        match self {
            Self::Device(database) => database.cards().await,
            Self::Page(pages) => Ok(pages.borrow().cards.values().cloned().collect()),
        }
    }

    /// One stored card.
    pub async fn card(&self, plan: &str) -> Result<Option<String>, StoreError> {
        match self {
            Self::Device(database) => database.card(plan).await,
            Self::Page(pages) => Ok(pages.borrow().cards.get(plan).cloned()),
        }
    }

    /// Puts a card in its place.
    pub async fn put_card(&self, plan: &str, card: &str) -> Result<(), StoreError> {
        match self {
            Self::Device(database) => database.put_card(plan, card).await,
            Self::Page(pages) => {
                let cards = &mut pages.borrow_mut().cards;
                cards.insert(plan.to_owned(), card.to_owned());
                Ok(())
            }
        }
    }

    /// The log of one plan.
    pub async fn log(&self, plan: &str) -> Result<Log, StoreError> {
        match self {
            Self::Device(database) => database.log(plan).await,
            Self::Page(pages) => Ok(pages.borrow().log_of(plan)),
        }
    }

    /// The log and the card of one plan.
    pub async fn log_and_card(&self, plan: &str) -> Result<(Log, Option<String>), StoreError> {
        match self {
            Self::Device(database) => database.log_and_card(plan).await,
            Self::Page(pages) => {
                let pages = pages.borrow();
                Ok((pages.log_of(plan), pages.cards.get(plan).cloned()))
            }
        }
    }

    /// Puts records behind the log and the card in its place, as one.
    pub async fn append(
        &self,
        plan: &str,
        records: &[Vec<u8>],
        card: &str,
    ) -> Result<(), StoreError> {
        self.rewrite(plan, &[], records, card).await
    }

    /// Takes some records out, puts others behind, and the card in its place:
    /// all of it or nothing.
    pub async fn rewrite(
        &self,
        plan: &str,
        remove: &[u64],
        records: &[Vec<u8>],
        card: &str,
    ) -> Result<(), StoreError> {
        match self {
            Self::Device(database) => database.rewrite(plan, remove, records, card).await,
            Self::Page(pages) => {
                let mut pages = pages.borrow_mut();
                pages.log.retain(|(key, ..)| !remove.contains(key));
                for record in records {
                    pages.last_key += 1;
                    let key = pages.last_key;
                    pages.log.push((key, plan.to_owned(), record.clone()));
                }
                pages.cards.insert(plan.to_owned(), card.to_owned());
                Ok(())
            }
        }
    }

    /// Forgets a plan for good.
    pub async fn forget(&self, plan: &str) -> Result<(), StoreError> {
        match self {
            Self::Device(database) => database.forget(plan).await,
            Self::Page(pages) => {
                let mut pages = pages.borrow_mut();
                pages.log.retain(|(_, of, _)| of != plan);
                pages.cards.remove(plan);
                Ok(())
            }
        }
    }
}

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}
