// What partners did: the history, states side by side, and what both changed.

import assert from "node:assert/strict";
import { open, picture, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { card, hours } from "./support/modules.mjs";
import { addModule, arrived, device, introduce, met, received, saved, sent } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

const SCHOOL = "Linjiang Vocational and Technical College (invented)";
const WORKS = "Haiheng Precision Machinery Co., Ltd. (invented)";

const clash = (page) => page.locator(".clash");
const review = (page) => page.locator(".rail .rail-item").filter({ hasText: "Review" });

/** A plan of which both devices changed the hours of one module. */
async function apart(page, watch) {
  const school = await openPlan(page, example());
  const works = await device(watch);
  await received(works, await sent(page, school));
  await arrived(works);
  await hours(page, school, "ZJ01", "40");
  await hours(works, school, "ZJ01", "44");
  await received(page, await sent(works, school));
  await met(page).getByText("One thing was changed on both sides").waitFor();
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  return { school, works };
}

/** Writes another title of a module into its panel. */
async function retitle(page, plan, module, title) {
  await goTo(page, plan, "modules");
  await card(page, module).click();
  const field = page.locator(".panel .item-title textarea");
  await field.fill(title);
  await field.press("Enter");
  await saved(page);
}

weft("a value that both sides changed is listed with both, and one decision reaches both", async ({ page, watch }) => {
  const { school, works } = await apart(page, watch);
  await review(page).getByText("1", { exact: true }).waitFor();
  await goTo(page, school, "review");
  await page.getByRole("tab", { name: /At the same time/ }).click();
  await clash(page).getByText("40", { exact: true }).waitFor();
  await clash(page).getByText("44", { exact: true }).waitFor();
  await picture(page, "review-together");
  await accessible(page, "changed at the same time");
  const other = clash(page).locator(".claim:not(.shown)");
  const value = await other.locator(".claim-value").innerText();
  await other.getByRole("button", { name: "Take this one" }).click();
  await page.getByText("Nothing to decide").waitFor();
  await saved(page);
  await received(works, await sent(page, school));
  await met(works).getByRole("button", { name: "Merge" }).click();
  await arrived(works);
  await goTo(works, school, "modules");
  await card(works, "ZJ01").click();
  await soon.equal(() => works.locator(".panel").getByLabel("Hours").first().inputValue(), value);
  await goTo(works, school, "review");
  await works.getByRole("tab", { name: "At the same time" }).click();
  await works.getByText("Nothing to decide").waitFor();
});

weft("a title that both rewrote is listed with both wordings, and the one that is taken reaches both", async ({ page, watch }) => {
  const school = await openPlan(page, example());
  const works = await device(watch);
  await received(works, await sent(page, school));
  await arrived(works);
  await retitle(page, school, "ZJ01", "Turning on the lathe");
  await retitle(works, school, "ZJ01", "Programs for turning");
  await received(page, await sent(works, school));
  await met(page).getByText("One thing was changed on both sides").waitFor();
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await goTo(page, school, "review");
  await page.getByRole("tab", { name: /At the same time/ }).click();
  const standing = clash(page).locator(".claim.shown");
  await standing.getByText("the wordings mixed").waitFor();
  const mixed = await standing.locator(".claim-value").innerText();
  assert.ok(mixed.length > "Programs for turning".length, mixed);
  await clash(page).getByText("Turning on the lathe", { exact: true }).waitFor();
  await picture(page, "review-wordings");
  await accessible(page, "a text that both rewrote");
  const theirs = clash(page).locator(".claim").filter({ hasText: "Programs for turning" }).last();
  await theirs.getByRole("button", { name: "Take this one" }).click();
  await page.getByText("Nothing to decide").waitFor();
  await saved(page);
  await received(works, await sent(page, school));
  await met(works).getByRole("button", { name: "Merge" }).click();
  await arrived(works);
  await goTo(works, school, "modules");
  await card(works, "ZJ01").click();
  await soon.equal(() => works.locator(".panel .item-title textarea").inputValue(), "Programs for turning");
});

weft("a module that one deleted while the other edited it comes back by one press", async ({ page, watch }) => {
  const school = await openPlan(page, example());
  const works = await device(watch);
  await received(works, await sent(page, school));
  await arrived(works);
  await hours(works, school, "ZJ01", "44");
  await goTo(page, school, "modules");
  await card(page, "ZJ01").click();
  await page.locator(".panel").getByRole("button", { name: "Delete" }).first().click();
  await saved(page);
  await received(page, await sent(works, school));
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await goTo(page, school, "review");
  await page.getByRole("tab", { name: /At the same time/ }).click();
  await clash(page).getByText("Deleted on one side, edited on the other").waitFor();
  await clash(page).getByRole("button", { name: "Bring back" }).click();
  await page.getByText("Nothing to decide").waitFor();
  await goTo(page, school, "modules");
  await card(page, "ZJ01").waitFor();
});

weft("the history says what changed, and the plan goes back to what it was", async ({ page }) => {
  const plan = await openPlan(page, example());
  await hours(page, plan, "ZJ01", "40");
  await hours(page, plan, "ZJ02", "12");
  await goTo(page, plan, "review");
  const entry = page.locator(".entry").first();
  await entry.getByText("ZJ02").first().waitFor();
  await soon.match(() => page.locator(".entry").nth(1).innerText(), /Hours\s*96\s*→\s*40/);
  await accessible(page, "the history");
  await picture(page, "review-history");
  await page.locator(".entry").nth(2).getByRole("button", { name: "What has changed since then" }).click();
  await page.getByText("2 differences").waitFor();
  await accessible(page, "two states side by side");
  await page.locator(".compare-group").filter({ hasText: "ZJ02" }).getByRole("button", { name: "Bring back to then" }).click();
  await page.getByText("1 difference", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Bring the whole plan back to then" }).click();
  await page.getByText("Both read the same").waitFor();
  await page.getByRole("button", { name: "Timeline" }).click();
  await page.locator(".entry").first().getByText("brought back the plan").waitFor();
  await goTo(page, plan, "modules");
  await card(page, "ZJ01").click();
  const panel = page.locator(".panel");
  await soon.equal(() => panel.getByLabel("Hours").first().inputValue(), "96");
  await panel.getByRole("button", { name: "History", exact: true }).click();
  await panel.locator(".entry").nth(1).waitFor();
  await soon.match(() => panel.locator(".entry").nth(1).innerText(), /Hours\s*96\s*→\s*40/);
});

weft("the history is narrowed to a party, a day, a kind and one item, and two past states stand side by side", async ({ page }) => {
  // The day before all the others.
  await page.clock.setFixedTime(new Date(Date.now() - 36 * 3_600_000));
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await hours(page, plan, "ZJ03", "50");
  await page.clock.setFixedTime(new Date());
  await hours(page, plan, "ZJ01", "40");
  await hours(page, plan, "ZJ02", "12");
  const link = example().links.find(({ level, unit }) => level === 1 && !unit);
  await open(page, `${plan}/weave/${link.module}/${link.competency}`);
  await page.getByRole("grid").focus();
  await page.keyboard.press("3");
  await saved(page);
  await goTo(page, plan, "review");
  const entries = page.locator(".entry");
  await entries.first().getByText(/raised .+ from .+ to /).waitFor();
  const before = await entries.count();
  const pick = (label) => page.getByLabel(label, { exact: true });
  await pick("Kind of item").selectOption("modules");
  await pick("Item").selectOption({ label: (await pick("Item").locator("option").allInnerTexts()).find((it) => it.startsWith("ZJ02")) });
  await page.waitForFunction((before) => document.querySelectorAll(".entry").length < before, before);
  for (const text of await entries.allInnerTexts()) assert.match(text, /ZJ02|imported|brought/i);
  await accessible(page, "the history narrowed");
  await picture(page, "review-history-narrowed");
  await pick("Kind of item").selectOption("");
  await page.waitForFunction((before) => document.querySelectorAll(".entry").length === before, before);
  // Three of it were done today.
  await pick("Day").selectOption({ index: 1 });
  await soon.equal(() => entries.count(), 3);
  await pick("Day").selectOption({ index: 2 });
  await soon.equal(() => entries.count(), before - 3);
  await entries.filter({ hasText: "ZJ03" }).first().waitFor();
  await pick("Day").selectOption({ index: 0 });
  await soon.equal(() => entries.count(), before);

  // From before the first of the three edits to right after it.
  await entries.nth(3).getByRole("button", { name: "What has changed since then" }).click();
  const to = page.getByRole("combobox", { name: "To", exact: true });
  await soon.equal(() => to.inputValue(), "Now");
  await to.click();
  await to.fill("ZJ01");
  await picture(page, "review-compare-choose");
  await page.getByRole("option").filter({ hasText: "ZJ01" }).first().click();
  await page.getByText("1 difference", { exact: true }).waitFor();
  await page.locator(".compare-group").filter({ hasText: "ZJ01" }).waitFor();
});

weft("the history is narrowed to a person and to a party", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await hours(page, plan, "ZJ01", "40");
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui", WORKS);
  await addModule(works, plan, "Gear hobbing");
  await received(page, await sent(works, plan));
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await works.context().close();
  await goTo(page, plan, "review");
  const entries = page.locator(".entry");
  await entries.filter({ hasText: "Ding Hui" }).first().waitFor();
  const all = await entries.count();
  const choose = async (label, words) => {
    const list = page.getByLabel(label, { exact: true });
    const names = await list.locator("option").allInnerTexts();
    await list.selectOption({ label: names.find((name) => name.startsWith(words)) });
  };
  await choose("Party", WORKS);
  await page.waitForFunction((all) => document.querySelectorAll(".entry").length < all, all);
  for (const text of await entries.allInnerTexts()) assert.match(text, /Ding Hui/);
  await choose("Party", SCHOOL);
  await soon.equal(() => entries.filter({ hasText: "Ding Hui" }).count(), 0);
  await entries.filter({ hasText: "40" }).first().waitFor();
  await page.getByLabel("Party", { exact: true }).selectOption("");
  await choose("Person", "Ding Hui");
  await soon.equal(async () => (await entries.count()) === (await entries.filter({ hasText: "Ding Hui" }).count()), true);
  await page.getByLabel("Person", { exact: true }).selectOption("");
  await soon.equal(() => entries.count(), all);
});
