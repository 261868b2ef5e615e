//! What the shelf does with plans that are there: copies them, gives them out as
//! files, puts them aside and brings them back.

use leptos::prelude::*;
use weft_model::Uid;
use weft_session::Card;

use super::shelf::Shelf;
use super::words::{self, Trouble};
use crate::browser::{device, files, task};
use crate::parts;
use crate::ui::text::{say, say_with};

impl Shelf {
    /// A copy beside the plan, under a title that says so.
    pub fn duplicate(self, card: Card) {
        self.busy.set(true);
        task::spawn(async move {
            let library = self.library.get_value();
            let copied = match parts::copy_plan(library, card.clone()).await {
                Ok(copying) => copying.await,
                Err(missing) => Err(missing.into()),
            };
            match copied {
                Ok(()) => {
                    self.busy.set(false);
                    let title = words::card_title(&card);
                    self.toasts
                        .say(say_with("home.duplicated", &[("title", title)]));
                    self.refresh();
                }
                Err(error) => self.fail(error),
            }
        });
    }

    /// Offers the plan as it reads now as a file, and remembers that it left.
    pub fn download(self, card: Card) {
        task::spawn(async move {
            let filed = match (card.plan.parse::<Uid>().ok(), self.library.get_value()) {
                (None, _) => Err(Trouble::Unreadable),
                (Some(plan), library) => match parts::plan_file(library, plan).await {
                    Ok(filing) => filing.await,
                    Err(missing) => Err(missing.into()),
                },
            };
            self.hand_out(&card, filed, "json", "application/json")
                .await;
        });
    }

    /// The same with the whole history: what a partner can merge.
    pub fn download_history(self, card: Card) {
        task::spawn(async move {
            let filed = match (card.plan.parse::<Uid>().ok(), self.library.get_value()) {
                (None, _) => Err(Trouble::Unreadable),
                (Some(plan), library) => match parts::history_file(library, plan).await {
                    Ok(filing) => filing.await,
                    Err(missing) => Err(missing.into()),
                },
            };
            let media_type = "application/octet-stream";
            self.hand_out(&card, filed, "weft", media_type).await;
        });
    }

    async fn hand_out(
        self,
        card: &Card,
        filed: Result<Vec<u8>, Trouble>,
        extension: &str,
        media_type: &str,
    ) {
        match filed {
            Ok(bytes) => {
                let name = format!("{}.{extension}", words::file_name(card));
                if files::download(&name, media_type, &bytes) {
                    self.exported(card).await;
                }
            }
            Err(error) => self.fail(error),
        }
    }

    async fn exported(self, card: &Card) {
        let library = self.library.get_value();
        let left = Card {
            exported_millis: Some(device::now_millis()),
            ..card.clone()
        };
        match library.store().put_card(&left.plan, &left.write()).await {
            Ok(()) => self.refresh(),
            Err(error) => self.fail(error),
        }
    }

    /// Puts a plan aside, with a way back.
    pub fn delete(self, card: Card) {
        task::spawn(async move {
            let library = self.library.get_value();
            if library.is_open_elsewhere(&card).await {
                return self.fail(Trouble::OpenElsewhere);
            }
            match library.delete(&card).await {
                Ok(()) => {
                    self.refresh();
                    let title = words::card_title(&card);
                    let said = say_with("home.deleted_one", &[("title", title)]);
                    self.toasts
                        .say_with(said, say("act.undo"), move || self.restore(card.clone()));
                }
                Err(error) => self.fail(error),
            }
        });
    }

    /// Brings a deleted plan back.
    pub fn restore(self, card: Card) {
        task::spawn(async move {
            let library = self.library.get_value();
            match library.restore(&card).await {
                Ok(()) => self.refresh(),
                Err(error) => self.fail(error),
            }
        });
    }

    /// Deletes a plan for good.
    pub fn forget(self, card: Card) {
        task::spawn(async move {
            let library = self.library.get_value();
            if library.is_open_elsewhere(&card).await {
                return self.fail(Trouble::OpenElsewhere);
            }
            match library.forget(&card).await {
                Ok(()) => self.refresh(),
                Err(error) => self.fail(error),
            }
        });
    }
}
