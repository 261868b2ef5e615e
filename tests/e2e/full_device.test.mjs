// A device that gives no more room: nothing is lost, the person is told and can take
// a copy, and saving goes on by itself. The browser itself refuses here.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { open, url, weft } from "./support/browser.mjs";
import { blank, bySize, role, saved, told } from "./support/roles.mjs";
import { ballast, littleRoom, stored } from "./support/room.mjs";
import { soon } from "./support/soon.mjs";

const banner = (page) => page.getByRole("alert").filter({ hasText: "The device is full" });
const names = ["Operator", "Setter", "Inspector", "Planner", "Foreman"];

for (const kept of names.keys()) {
  weft(`a device that is full after ${kept} edits loses none of them and saves the next when it has room`, async ({ page, context }) => {
    const room = await littleRoom(context, url, 1_000_000);
    const plan = await blank(page);
    for (const name of names.slice(0, kept)) await role(page, name);
    await saved(page);
    assert.ok((await ballast(room.page)) > 100_000, "there was room");
    const before = await stored(room.page);

    const asked = Date.now();
    await role(page, names[kept]);
    await banner(page).waitFor();
    const took = Date.now() - asked;
    console.log(`told after ${took} ms`);
    assert.ok(took < 5_000, `told after ${took} ms`);
    await page.locator(".topbar .save-state.gap").filter({ hasText: "Not saved, still in memory" }).waitFor();
    assert.equal(await stored(room.page), before, "the store holds what it held");

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      banner(page).getByRole("button", { name: "Download a copy" }).click(),
    ]);
    const copy = JSON.parse(readFileSync(await download.path(), "utf8"));
    const lines = copy.job_items.map((line) => line.statement?.en).filter(Boolean);
    assert.deepEqual(lines.sort(), names.slice(0, kept + 1).sort());

    await room.lift();
    await saved(page);
    await banner(page).waitFor({ state: "detached" });
    const [, [card]] = JSON.parse(await stored(room.page));
    assert.ok(JSON.parse(card).exported_millis >= asked, "the copy counts as a backup");
    await page.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await open(again, `${plan}/jobs`);
    await bySize(again, kept + 2);
    await soon.deepEqual(() => told(again), names.slice(0, kept + 1).sort());
  });
}

weft("a tab that dies on a full device leaves the plan as it was last saved", async ({ page, context }) => {
  const room = await littleRoom(context, url, 1_000_000);
  const plan = await blank(page);
  await role(page, "Operator");
  await saved(page);
  await ballast(room.page);
  await role(page, "Never saved");
  await banner(page).waitFor();
  await page.close({ runBeforeUnload: false });
  await room.lift();
  const again = await context.newPage();
  await open(again, `${plan}/jobs`);
  await bySize(again, 2);
  await soon.deepEqual(() => told(again), ["Operator"]);
});

weft("edits that a full device did not take outlive leaving the plan, and are saved when it has room", async ({ page, context }) => {
  const room = await littleRoom(context, url, 1_000_000);
  const plan = await blank(page);
  await role(page, "Operator");
  await saved(page);
  await ballast(room.page);
  await role(page, "Setter");
  await banner(page).waitFor();
  await page.evaluate(() => (location.hash = "#/"));
  await page.locator(".home-title").waitFor();
  await page.evaluate((there) => (location.hash = there), new URL(`${plan}/jobs`).hash);
  await bySize(page, 3);
  await soon.deepEqual(() => told(page), ["Operator", "Setter"]);
  await banner(page).waitFor();
  await room.lift();
  await saved(page);
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await open(again, `${plan}/jobs`);
  await bySize(again, 3);
  await soon.deepEqual(() => told(again), ["Operator", "Setter"]);
});

weft("Home says of a plan that a full device has not taken it, closing asks, and deleting it stays", async ({ page, context }) => {
  const room = await littleRoom(context, url, 1_000_000);
  await blank(page);
  await role(page, "Operator");
  await saved(page);
  await ballast(room.page);
  await role(page, "Setter");
  await banner(page).waitFor();
  await page.evaluate(() => (location.hash = "#/"));
  const row = page.locator(".home-plans tbody tr").first();
  await row.locator(".home-saved").filter({ hasText: "Not saved, still in memory" }).waitFor();
  const asked = new Promise((done) => page.once("dialog", async (dialog) => {
    await dialog.dismiss();
    done(dialog.type());
  }));
  await page.close({ runBeforeUnload: true });
  assert.equal(await asked, "beforeunload");
  await room.lift();
  await row.locator(".home-saved").filter({ hasText: "Saved on this device" }).waitFor();
});
