//! The dialog in which people say who they are, with their key.

mod backup;
pub mod fingerprint;

use leptos::prelude::*;
use weft_model::{Choice as _, PartyId, PartyKind, field};
use weft_seal::Key;

use self::backup::Backup;
use self::fingerprint::FingerprintView;
use crate::browser::prefs;
use crate::browser::profile::{self, Profile};
use crate::ui::components::button::{Button, Look};
use crate::ui::components::choice::{Choice, SelectField};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::TextField;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::desk::Desk;
use crate::ui::me::Me;
use crate::ui::sentences::choice_name;
use crate::ui::text::{say, t};

/// The editor's colours by which people are told apart.
pub const COLOURS: u8 = 6;

/// The key of this device, made now if there is none yet. Nothing where the
/// device has no source of chance.
pub fn key() -> Option<Key> {
    let mut mine = profile::profile();
    if let Some(key) = read(&mine.seed) {
        return Some(key);
    }
    let mut seed = [0u8; 32];
    getrandom::fill(&mut seed).ok()?;
    let key = Key::from_seed(seed);
    put(&mut mine, &key);
    profile::keep(&mine);
    Some(key)
}

fn put(mine: &mut Profile, key: &Key) {
    mine.key = key.public().to_string();
    // A public key is written just as a seed is.
    mine.seed = weft_seal::PublicKey::from_bytes(key.seed()).to_string();
}

fn read(seed: &str) -> Option<Key> {
    let bytes = seed.parse::<weft_seal::PublicKey>().ok()?.bytes();
    Some(Key::from_seed(bytes))
}

/// Draws the dialog.
pub fn dialog(me: Me, desk: Desk) -> AnyView {
    view! { <ProfileDialog me=me desk=desk/> }.into_any()
}

#[component]
fn ProfileDialog(me: Me, desk: Desk) -> impl IntoView {
    let mine = RwSignal::new(Profile::default());
    let party = RwSignal::new(String::new());
    let fleeting = RwSignal::new(false);
    let plan = move || desk.face().map(|face| face.plan);
    Effect::new(move || {
        if me.open.get() {
            // The key is made at first use, and this is it: what is read next has it.
            key();
            fleeting.set(!prefs::all_kept());
            mine.set(profile::profile());
            let spoken = untrack(plan).and_then(profile::party_in);
            party.set(spoken.map(|party| party.to_string()).unwrap_or_default());
        }
    });
    // Closed by Escape or beside it: nothing goes on.
    let save = move |_| {
        let mut new = mine.get_untracked();
        new.name = new.name.trim().to_owned();
        profile::keep(&new);
        if let Some(plan) = untrack(plan) {
            let party = party.get_untracked().parse().ok().map(PartyId);
            profile::keep_party(plan, party);
        }
        me.refresh();
        if let Some(face) = untrack(|| desk.face()) {
            face.renamed.run(());
        }
        me.go_on();
    };
    let foot = move || {
        view! {
            <Show when=move || me.asked.get()>
                <Button label=t("me.without") look=Look::Quiet on_press=move |_| me.go_on()/>
            </Show>
            <Button label=t("me.save") look=Look::Primary on_press=save/>
        }
        .into_any()
    };
    let field = move |of: fn(&Profile) -> String| Signal::derive(move || mine.with(of));
    let set = move |put: fn(&mut Profile, String)| {
        Callback::new(move |value: String| mine.update(|mine| put(mine, value)))
    };
    let kinds = Signal::derive(|| {
        let none = Choice::new("", "");
        let kinds = PartyKind::ALL.iter().map(|kind| {
            let name = choice_name(field::party::kind, kind.id());
            Choice::new(kind.id(), name)
        });
        core::iter::once(none).chain(kinds).collect::<Vec<_>>()
    });
    let parties = Signal::derive(move || {
        let of_plan = desk
            .face()
            .map(|face| face.parties.get())
            .unwrap_or_default();
        let none = Choice::new("", say("me.no_party"));
        let each = of_plan.into_iter().map(|(id, name)| Choice::new(id, name));
        core::iter::once(none).chain(each).collect::<Vec<_>>()
    });
    view! {
        <Dialog open=me.open title=t("me.title") foot=foot>
            <div class="me">
                <p class="caption">{move || say(if me.asked.get() { "me.asked" } else { "me.intro" })}</p>
                <Show when=move || fleeting.get()>
                    <Note tone=Tone::Caution>{t("me.fleeting")}</Note>
                </Show>
                <TextField label=t("me.name") value=field(|mine| mine.name.clone())
                    on_commit=set(|mine, value| mine.name = value)/>
                <TextField label=t("me.role") value=field(|mine| mine.role.clone())
                    on_commit=set(|mine, value| mine.role = value)/>
                <TextField label=t("me.organisation") value=field(|mine| mine.organisation.clone())
                    on_commit=set(|mine, value| mine.organisation = value)/>
                <SelectField label=t("me.kind") value=field(|mine| mine.kind.clone()) choices=kinds
                    on_commit=set(|mine, value| mine.kind = value)/>
                <Show when=move || plan().is_some()>
                    <SelectField label=t("me.party") value=party choices=parties hint=t("me.party_hint")
                        on_commit=move |value| party.set(value)/>
                </Show>
                <Colours mine=mine/>
                <section class="me-key">
                    <h3 class="me-head">{t("me.key")}</h3>
                    <p class="caption">{t("me.key_about")}</p>
                    {move || mine.with(|mine| mine.key.parse().ok()).map(|key| view! { <FingerprintView public=key/> })}
                    <Backup mine=mine/>
                </section>
            </div>
        </Dialog>
    }
}

/// The colours, as a row of radio buttons.
#[component]
fn Colours(mine: RwSignal<Profile>) -> impl IntoView {
    let buttons = (1..=COLOURS).map(|colour| {
        let name = move || say(&format!("me.colour.{colour}"));
        view! {
            <label class=format!("me-colour person-{colour}") title=name>
                <input
                    type="radio"
                    name="me-colour"
                    aria-label=name
                    prop:checked=move || mine.with(|mine| mine.colour == colour)
                    on:change=move |_| mine.update(|mine| mine.colour = colour)
                />
            </label>
        }
    });
    view! {
        <fieldset class="me-colours">
            <legend class="field-label">{t("me.colour")}</legend>
            <div class="me-colour-row">{buttons.collect_view()}</div>
        </fieldset>
    }
}
