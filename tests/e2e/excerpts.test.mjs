// A plan that goes out without its history, or for one party alone, and comes back.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { open, picture, url, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { addModule, arrived, device, introduce, link, met, received, sent } from "./support/partners.mjs";
import { goTo, openPlan } from "./support/plans.mjs";
import { enterprise, made, onDisk, savedFile, state } from "./support/single.mjs";
import { soon } from "./support/soon.mjs";

const COLLEGE = "0000000000001";
const WORKS = "0000000000002";

/** Two modules, one of which the college alone sees. */
const plan = () => ({
  format: "weft-plan", version: 1, about: { title: { en: "Turning" }, languages: ["en"] },
  parties: [
    { id: COLLEGE, name: { en: "College" }, kind: "school" },
    { id: WORKS, name: { en: "Works" }, kind: "enterprise" },
  ],
  modules: [
    { id: "0000000000010", title: { en: "Lathes" }, code: "M1" },
    { id: "0000000000011", title: { en: "Quagmire" }, code: "M2", visible_to: [COLLEGE] },
  ],
});

const section = (page) => page.locator(".export-format").filter({ hasText: "Weft file with history" });

/** The plan of a page as a file for somebody. */
async function excerpt(page, address, choice) {
  await goTo(page, address, "export");
  await section(page).getByLabel("What goes out").selectOption({ label: choice });
  const coming = page.waitForEvent("download");
  await section(page).getByRole("button", { name: "Download Weft file" }).click();
  const download = await coming;
  return readFileSync(await download.path());
}

const here = (page) => page.url().replace(/\/overview.*/, "");

weft("a party gets only what it may see, and what it changes comes back", async ({ page, watch }) => {
  const school = await openPlan(page, plan());
  await introduce(page, "Lin Jing", "College");
  await goTo(page, school, "export");
  await section(page).getByLabel("What goes out").selectOption({ label: "Only what Works may see" });
  await section(page).getByText("1 item that this party may not see").waitFor();
  await accessible(page, "a file for one party");
  await picture(page, "export-excerpt");
  const file = await excerpt(page, school, "Only what Works may see");

  const works = await device(watch);
  await received(works, file);
  await arrived(works);
  const theirs = here(works);
  assert.notEqual(theirs, school);
  await introduce(works, "Ding Hui", "Works");
  await goTo(works, theirs, "modules");
  await works.getByText("Lathes").first().waitFor();
  await soon.equal(() => works.getByText("Quagmire").count(), 0);
  await addModule(works, theirs, "Gear hobbing");
  const returned = await sent(works, theirs);

  await addModule(page, school, "Assembly");
  await received(page, returned);
  await met(page).getByText("It comes from a copy of this plan without history").waitFor();
  await met(page).getByRole("row", { name: /Modules 1 new/ }).waitFor();
  await accessible(page, "a copy that came back");
  await picture(page, "met-excerpt");
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  assert.equal(here(page), school);
  await goTo(page, school, "modules");
  for (const title of ["Lathes", "Quagmire", "Gear hobbing", "Assembly"]) await page.locator(".board").getByText(title).first().waitFor();
  await received(page, returned);
  await page.getByText("It holds nothing new.").waitFor();
});

weft("a plan that came by a link meets the next link, goes back, and meets the plan itself", async ({ page, watch }) => {
  const school = await openPlan(page, plan());
  const works = await device(watch);
  await open(works, await link(page, school));
  await arrived(works);
  const theirs = here(works);
  await open(works, `${url}#/`);
  await open(works, await link(page, school));
  await works.getByText("It holds nothing new.").waitFor();
  await arrived(works);
  assert.equal(here(works), theirs, "the same link, the same plan");
  await addModule(works, theirs, "Gear hobbing");
  // Back by a link.
  await open(page, await link(works, theirs));
  await met(page).getByRole("row", { name: /Modules 1 new/ }).waitFor();
  await met(page).getByRole("button", { name: "Cancel" }).click();
  // And the plan itself comes: what was changed in the copy is offered to it.
  await received(works, await sent(page, school));
  await met(works).getByRole("row", { name: /Modules 1 new/ }).waitFor();
  await met(works).getByRole("button", { name: "Merge" }).click();
  await arrived(works);
  assert.equal(here(works), school);
  await goTo(works, school, "modules");
  await works.locator(".board").getByText("Gear hobbing").first().waitFor();
});

weft("an HTML file for one party holds what that may see, and what is changed in it comes back", async ({ page, watch }) => {
  const school = await openPlan(page, plan());
  await introduce(page, "Lin Jing", "College");
  const html = await made(page, school, "Only what Works may see");
  const { page: works, context } = await enterprise(watch, onDisk(html));
  await introduce(works, "Ding Hui", "Works");
  await works.evaluate(() => (location.hash = location.hash.replace(/[^/]+$/, "modules")));
  await works.getByText("Lathes").first().waitFor();
  await soon.equal(() => works.getByText("Quagmire").count(), 0);
  await works.getByRole("button", { name: /^Add module/ }).first().click();
  await works.locator(".panel .item-title textarea:focus").waitFor();
  await works.keyboard.type("Gear hobbing");
  await works.keyboard.press("Enter");
  await state(works, "Not saved in this file yet");
  const returned = await savedFile(works);
  await context.close();
  await received(page, returned, "back.html");
  await met(page).getByRole("row", { name: /Modules 1 new/ }).waitFor();
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  assert.equal(here(page), school);
  await goTo(page, school, "modules");
  for (const title of ["Lathes", "Quagmire", "Gear hobbing"]) await page.locator(".board").getByText(title).first().waitFor();
});

weft("whoever works in a copy without history speaks for their party in the plan too, and keeps doing so", async ({ page, watch }) => {
  const school = await openPlan(page, plan());
  await introduce(page, "Lin Jing", "College");
  const works = await device(watch);
  await received(works, await excerpt(page, school, "Only what Works may see"));
  await arrived(works);
  const theirs = here(works);
  await introduce(works, "Ding Hui", "Works");
  await addModule(works, theirs, "Gear hobbing");
  await received(page, await sent(works, theirs));
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await goTo(page, school, "review");
  await page.locator(".entry").filter({ hasText: "Gear hobbing" }).getByText("Ding Hui (Works)").waitFor();
  // The whole plan comes to the device that knew the copy alone: it is told for whom she speaks.
  await received(works, await sent(page, school));
  await met(works).or(works.locator(".overview h1")).first().waitFor();
  if (await met(works).isVisible()) await met(works).getByRole("button", { name: "Merge" }).click();
  await arrived(works);
  const whole = here(works);
  await addModule(works, whole, "Inspection");
  await received(page, await sent(works, whole));
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await goTo(page, school, "review");
  await page.locator(".entry").filter({ hasText: "Inspection" }).first().getByText("Ding Hui (Works)").waitFor();
  await goTo(page, school, "review");
  await page.getByRole("tab", { name: "Partners" }).click();
  await page.locator(".partner").filter({ hasText: "Ding Hui" }).getByText("Works").first().waitFor();
});
