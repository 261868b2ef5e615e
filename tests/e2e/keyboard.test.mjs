// The whole round with the keyboard alone: a plan is built, woven and given out.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { open, weft } from "./support/browser.mjs";

/** Goes on with Tab until the focus is on what is wanted. */
async function tabTo(page, what, wanted) {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await page.evaluate(wanted)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reached ${what}`);
}

/** Finds a page or a command by its name, and takes it. */
async function go(page, name) {
  await page.keyboard.press("Control+k");
  await page.locator(".palette-input:focus").waitFor();
  await page.keyboard.type(name);
  await page.locator(".palette-item[aria-selected=true]").getByText(name, { exact: true }).waitFor();
  await page.keyboard.press("Enter");
}

const typing = (page, nth) => page.locator(`.outline .line:nth-child(${nth}) .line-words input:focus`).waitFor();

weft("a plan is built, woven and exported with the keyboard alone", async ({ page }) => {
  await open(page);
  await page.locator(".home-title").waitFor();
  await tabTo(page, "New plan", () => document.activeElement?.textContent?.trim() === "New plan");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#\/plan\/[^/]+\/overview/);

  // The job: a role, a task, a competency.
  await go(page, "Jobs");
  await tabTo(page, "the first role", () => document.activeElement?.textContent?.trim() === "First job role");
  await page.keyboard.press("Enter");
  await typing(page, 1);
  await page.keyboard.type("Operator");
  await page.keyboard.press("Enter");
  await typing(page, 2);
  await page.keyboard.press("Tab");
  await page.locator(".line.is-task .line-words input:focus").waitFor();
  await page.keyboard.type("Turning");
  await page.keyboard.press("Enter");
  await typing(page, 3);
  for (const tier of ["content", "competency"]) {
    await page.keyboard.press("Tab");
    await page.locator(`.line.is-${tier} .line-words input:focus`).waitFor();
  }
  await page.keyboard.type("Clamp");

  // What is taught.
  await go(page, "New module");
  await page.waitForURL(/\/modules\/[^/]+$/);
  await page.locator(".panel").waitFor();
  await tabTo(page, "the title of the module", () => document.activeElement?.closest(".item-title") !== null);
  await page.keyboard.type("Machining");

  // The weave between them.
  await go(page, "Weave");
  await page.locator("[role=rowheader]").first().waitFor();
  await tabTo(page, "the grid", () => document.activeElement?.getAttribute("role") === "grid");
  await page.keyboard.press("m");
  await page.locator(".topbar .save-state.good").waitFor();

  // And out.
  await go(page, "Export");
  await page.locator(".export-list").waitFor();
  await tabTo(page, "the format", () => document.activeElement?.dataset.way === "weft_json");
  await page.keyboard.press("Enter");
  await page.locator(".export-lines").waitFor();
  await tabTo(page, "the file", () => document.activeElement?.textContent?.trim() === "Download Weft JSON");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  const plan = JSON.parse(readFileSync(await download.path(), "utf8"));
  const lines = plan.job_items.map((line) => [line.tier, line.statement.en]);
  assert.deepEqual(lines, [["role", "Operator"], ["task", "Turning"], ["competency", "Clamp"]]);
  assert.deepEqual(plan.modules.map((module) => module.title.en), ["Machining"]);
  assert.deepEqual(plan.links.map((link) => link.level), [3]);
});
