// Two devices and one plan: files with the whole history go to and fro.

import assert from "node:assert/strict";
import { open, picture, url, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { addModule, arrived, device, introduce, met, received, saved, sent } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

const SCHOOL = "Linjiang Vocational and Technical College (invented)";

/** Sets a level in the Weave: one edit. */
async function weave(page, plan, row, col, letter) {
  await goTo(page, plan, "weave");
  await page.locator("[role=rowheader]").first().waitFor();
  await page.getByRole("grid").focus();
  await page.keyboard.press("Control+Home");
  for (let at = 1; at < row; at += 1) await page.keyboard.press("ArrowDown");
  for (let at = 1; at < col; at += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.press(letter);
  await saved(page);
}

/** The links of the whole plan, as the Weave counts them. */
async function links(page, plan) {
  await goTo(page, plan, "weave");
  const text = await page.locator(".weave-count").innerText();
  return Number(text.match(/([\d,]+) links/)[1].replace(",", ""));
}

weft("a plan goes to a partner and comes back, and both sides' edits are in both", async ({ page, watch }) => {
  const school = await openPlan(page, example());
  const works = await device(watch);
  await received(works, await sent(page, school));
  await arrived(works);
  // Who sent it, and what proves that.
  await works.getByText("From somebody without a name, signed with a key that you have not compared yet").waitFor();
  const theirs = works.url().replace(/\/overview.*/, "");
  assert.equal(theirs, school, "the same plan on both devices");
  const before = await links(page, school);

  await addModule(page, school, "Gear hobbing");
  await weave(page, school, 1, 1, "p");
  await weave(works, theirs, 2, 1, "m");

  await received(page, await sent(works, theirs));
  await met(page).waitFor();
  await met(page).getByText("Links of the weave").waitFor();
  await met(page).getByText("send yours back afterwards").waitFor();
  await picture(page, "met-plan");
  await accessible(page, "a plan that is already here");
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await page.getByText("The changes are taken in.").waitFor();
  await soon.equal(() => links(page, school), before + 2);

  await received(works, await sent(page, school));
  await met(works).getByRole("row", { name: /Modules 1 new/ }).waitFor();
  await met(works).getByRole("button", { name: "Merge" }).click();
  await arrived(works);
  await soon.equal(() => links(works, theirs), before + 2);
  await goTo(works, theirs, "modules");
  await works.getByText("Gear hobbing").first().waitFor();

  // What is the same on both sides brings nothing.
  await received(works, await sent(page, school));
  await works.getByText("It holds nothing new.").waitFor();
  await arrived(works);
});

weft("a file is taken in whole also by somebody who says otherwise by now who they are", async ({ page, watch }) => {
  const school = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  const works = await device(watch);
  await received(works, await sent(page, school));
  await arrived(works);
  await addModule(works, school, "Gear hobbing");
  const back = await sent(works, school);
  // On Home, with the plan closed: its history does not know of it yet.
  await open(page, `${url}#/`);
  await page.locator(".rail-item").filter({ hasText: "Lin Jing" }).click();
  const dialog = page.getByRole("dialog", { name: "Who you are" });
  await dialog.getByLabel("Name", { exact: true }).fill("Lin Jing the younger");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await received(page, back);
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await goTo(page, school, "modules");
  await page.locator(".board").getByText("Gear hobbing").first().waitFor();
  await received(page, back);
  await page.getByText("It holds nothing new.").waitFor();
});

weft("a plan that is already here can be opened beside it, or left alone", async ({ page, watch }) => {
  const school = await openPlan(page, example());
  const works = await device(watch);
  await received(works, await sent(page, school));
  await arrived(works);
  await addModule(works, works.url().replace(/\/overview.*/, ""), "Gear hobbing");
  const file = await sent(works, school);
  await received(page, file);
  await met(page).getByRole("button", { name: "Cancel" }).click();
  await met(page).waitFor({ state: "detached" });
  await received(page, file);
  await met(page).waitFor();
  await page.keyboard.press("Escape");
  await soon.equal(() => page.locator(".home-plans tbody tr").count(), 1);
  await received(page, file);
  await met(page).getByRole("button", { name: "Open as a separate copy" }).click();
  await arrived(page);
  assert.notEqual(page.url().replace(/\/overview.*/, ""), school);
  await page.goto(`${page.url().replace(/\/overview.*/, "")}/modules`);
  await page.getByText("Gear hobbing").first().waitFor();
  await page.goto(`${school}/modules`);
  await page.reload();
  await page.locator(".board").getByText("Engineering Drawing and CAD").first().waitFor();
  await soon.equal(() => page.getByText("Gear hobbing").count(), 0);
});

weft("a partner's file is dropped on an open plan, or pasted over it", async ({ page, watch }) => {
  const school = await openPlan(page, example());
  const works = await device(watch);
  await received(works, await sent(page, school));
  await arrived(works);
  await addModule(works, school, "Gear hobbing");
  const bytes = (await sent(works, school)).toString("latin1");
  await works.context().close();
  const give = (kind) =>
    page.evaluate(
      ([kind, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], "back.weft"));
        const init = { bubbles: true, cancelable: true };
        const event = kind === "paste" ? new ClipboardEvent(kind, { ...init, clipboardData: data }) : new DragEvent(kind, { ...init, dataTransfer: data });
        document.activeElement.dispatchEvent(event);
        return event.defaultPrevented;
      },
      [kind, bytes],
    );
  for (const kind of ["paste", "drop"]) {
    await goTo(page, school, "weave");
    await page.locator("[role=grid]").focus();
    assert.equal(await give(kind), true, kind);
    await met(page).getByRole("row", { name: /Modules 1 new/ }).waitFor();
    await page.keyboard.press("Escape");
    await met(page).waitFor({ state: "detached" });
  }
  await give("paste");
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await goTo(page, school, "modules");
  await page.getByText("Gear hobbing").first().waitFor();
});

weft("a file that was changed on the way is refused, and the plan stays", async ({ page }) => {
  const school = await openPlan(page, example());
  const whole = await sent(page, school);
  const flipped = Buffer.from(whole);
  flipped[whole.length >> 1] ^= 1;
  for (const [body, words] of [
    [flipped, "This file is damaged"],
    [whole.subarray(0, whole.length >> 1), "This file breaks off too early"],
    [whole.subarray(0, 5), "This file breaks off too early"],
  ]) {
    await received(page, body);
    await page.locator(".banner").filter({ hasText: words }).waitFor();
  }
  await goTo(page, school, "overview");
  await page.locator(".figures").getByText("2,688", { exact: true }).waitFor();
});

weft("a deleted plan comes back when its file is opened", async ({ page }) => {
  const school = await openPlan(page, example());
  const file = await sent(page, school);
  await open(page, `${url}#/`);
  await page.locator(".home-plans tbody tr").first().getByRole("button", { name: /^More about/ }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.locator(".home-plans").waitFor({ state: "detached" });
  await received(page, file);
  await arrived(page);
  await open(page, `${url}#/`);
  await page.locator(".home-plans tbody tr").first().waitFor();
});
