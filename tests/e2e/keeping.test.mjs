// Nothing that was shown as saved is lost: closing, emptying and damaging the store of a real browser, and two tabs on one plan.

import assert from "node:assert/strict";
import { open, url, weft } from "./support/browser.mjs";
import { goTo, openPlan } from "./support/plans.mjs";

const empty = {
  format: "weft-plan",
  version: 1,
  about: { title: { en: "Kept" }, languages: ["en", "zh-CN"] },
};

const words = (page) => page.locator(".outline .line .line-words input");
const saved = (page) => page.locator(".topbar .save-state.good").waitFor();
const bySize = (page, n) =>
  page.waitForFunction((n) => document.querySelectorAll(".outline .line").length === n, n);

async function blank(page) {
  const plan = await openPlan(page, empty);
  await goTo(page, plan, "jobs");
  await page.getByRole("button", { name: "First job role" }).click();
  await bySize(page, 1);
  return plan;
}

/** Types into the line at hand and goes on to the next. */
async function role(page, text) {
  const before = await words(page).count();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await bySize(page, before + 1);
}

const told = async (page) => (await words(page).evaluateAll((all) => all.map((one) => one.value))).filter(Boolean).sort();

weft("what was shown as saved is there after the tab is closed", async ({ page, context }) => {
  const plan = await blank(page);
  for (const name of ["Operator", "Setter", "Inspector"]) await role(page, name);
  await saved(page);
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await open(again, `${plan}/jobs`);
  await bySize(again, 4);
  assert.deepEqual(await told(again), ["Inspector", "Operator", "Setter"]);
});

weft("two tabs on one plan see each other's edits, and both are kept", async ({ page, context }) => {
  const plan = await blank(page);
  await role(page, "From the first tab");
  const other = await context.newPage();
  await open(other, `${plan}/jobs`);
  await bySize(other, 2);
  await other.locator(".outline .line-words input").last().focus();
  await role(other, "From the second tab");
  await bySize(page, 3);
  await saved(page);
  await saved(other);
  assert.deepEqual(await told(page), await told(other));
  await page.close();
  await other.close();
  const third = await context.newPage();
  await open(third, `${plan}/jobs`);
  await bySize(third, 3);
  assert.deepEqual(await told(third), ["From the first tab", "From the second tab"]);
});

weft("a store that is deleted under a live tab is filled again, and the person is told", async ({ page, context }) => {
  const plan = await blank(page);
  await role(page, "Still here");
  await saved(page);
  const thief = await context.newPage();
  await thief.goto(url);
  await thief.evaluate(
    () =>
      new Promise((done, fail) => {
        const request = indexedDB.deleteDatabase("weft");
        request.onsuccess = () => done();
        request.onerror = () => fail(request.error);
      }),
  );
  await page.getByText("The storage of this browser was emptied").waitFor();
  await saved(page);
  await thief.close();
  await page.close();
  const again = await context.newPage();
  await open(again, `${plan}/jobs`);
  await bySize(again, 2);
  assert.deepEqual(await told(again), ["Still here"]);
});

weft("a damaged record is reported and the rest of the plan opens", async ({ page, context }) => {
  const plan = await blank(page);
  for (const name of ["One", "Two", "Three"]) await role(page, name);
  await saved(page);
  await page.goto(`${url}#/`);
  await page.locator(".home").waitFor();
  await page.evaluate(
    () =>
      new Promise((done, fail) => {
        const opening = indexedDB.open("weft");
        opening.onerror = () => fail(opening.error);
        opening.onsuccess = () => {
          const log = opening.result.transaction("log", "readwrite").objectStore("log");
          const cursor = log.openCursor(null, "prev");
          cursor.onsuccess = () => {
            const row = cursor.result.value;
            row.bytes[row.bytes.length - 3] ^= 16;
            cursor.result.update(row).onsuccess = () => {
              opening.result.close();
              done();
            };
          };
        };
      }),
  );
  const again = await context.newPage();
  await open(again, `${plan}/jobs`);
  await again.getByText("Part of the saved plan could not be read").waitFor();
  const rest = await told(again);
  assert.ok(rest.includes("One") && rest.includes("Two"), rest.join(", "));
});

weft("an edit is undone and redone from the keyboard", async ({ page }) => {
  await blank(page);
  await role(page, "Operator");
  await page.locator("#sheet").focus();
  await page.keyboard.press("Control+z");
  await bySize(page, 1);
  await page.keyboard.press("Control+y");
  await bySize(page, 2);
});
