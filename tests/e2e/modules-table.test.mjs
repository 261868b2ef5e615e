// Several cells of a table at once: selected, copied, pasted into, emptied.

import assert from "node:assert/strict";
import { picture, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";
import { copied, paste } from "./support/weave.mjs";

/** The table of modules; columns: code, title, category, nature, hours, theory, practice, credits, …. */
async function table(page) {
  const address = await openPlan(page, example());
  await goTo(page, address, "modules");
  await page.getByRole("radio", { name: "Table" }).click();
  await page.locator(".item-row").nth(6).waitFor();
}

const cell = (page, row, column) => page.getByRole("row").nth(row).getByRole("gridcell").nth(column);
const text = (page, row, column) => cell(page, row, column).locator(".cell-text").innerText();
const selected = (page) => page.locator('[role=gridcell][aria-selected="true"]').count();
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Waits until a cell reads so. */
async function reads(page, row, column, words) {
  for (let tries = 0; tries < 40 && (await text(page, row, column)) !== words; tries += 1) await page.waitForTimeout(50);
  await soon.equal(() => text(page, row, column), words);
}

weft("cells are selected by Shift with arrows, by Shift with a press and by dragging", async ({ page }) => {
  await table(page);
  await cell(page, 2, 5).click();
  await soon.equal(() => selected(page), 1);
  await press(page, "Shift+ArrowDown", "Shift+ArrowRight");
  await page.waitForFunction(() => document.querySelectorAll("[aria-selected=true]").length === 4);
  await soon.equal(() => page.evaluate(() => document.activeElement.classList.contains("is-current")), true);
  await picture(page, "modules-table-range");
  await accessible(page, "a range of the table");
  await cell(page, 4, 7).click({ modifiers: ["Shift"] });
  await page.waitForFunction(() => document.querySelectorAll("[aria-selected=true]").length === 9);
  await press(page, "ArrowDown");
  await page.waitForFunction(() => document.querySelectorAll("[aria-selected=true]").length === 1);
  const from = await cell(page, 5, 2).boundingBox();
  const to = await cell(page, 7, 3).boundingBox();
  await page.mouse.move(from.x + 30, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 10, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction(() => document.querySelectorAll("[aria-selected=true]").length === 6);
  await press(page, "Escape");
  await page.waitForFunction(() => document.querySelectorAll("[aria-selected=true]").length === 1);
  // The page is left while a cell has the focus.
  await page.goto(page.url().replace(/modules.*/, "overview"));
  await page.locator(".overview").waitFor();
});

weft("a range is copied as a spreadsheet does, pasted into, emptied, and each is undone at once", async ({ page }) => {
  await table(page);
  const before = [await text(page, 2, 5), await text(page, 2, 6), await text(page, 3, 5), await text(page, 3, 6)];
  await cell(page, 2, 5).click();
  await press(page, "Shift+ArrowDown", "Shift+ArrowRight");
  assert.equal((await copied(page))[0], `${before[0]}\t${before[1]}\n${before[2]}\t${before[3]}`);
  assert.match((await copied(page))[1], /^<table><tr><td>/);
  await paste(page, "120\t60\r\n1,024\t33.5\r\n");
  await reads(page, 2, 5, "120");
  await reads(page, 2, 6, "60");
  await reads(page, 3, 5, "1,024");
  await reads(page, 3, 6, "33.5");
  await press(page, "Control+z");
  await reads(page, 2, 5, before[0]);
  await reads(page, 3, 6, before[3]);
  await press(page, "Delete");
  await reads(page, 2, 5, "");
  await reads(page, 3, 6, "");
  await press(page, "Control+z");
  await reads(page, 3, 6, before[3]);
  // Words of a choice and of an item are read as they are shown; what is no value is said.
  const category = await text(page, 20, 3);
  assert.notEqual(category, await text(page, 2, 3));
  await cell(page, 2, 2).click();
  await paste(page, `New title\t${category}\tno such nature`);
  await reads(page, 2, 2, "New title");
  await reads(page, 2, 3, category);
  await page.locator(".toast").getByText("1 cell is no value of its column and was left out.").waitFor();
  await press(page, "Control+z");
  await page.waitForFunction(() => !document.body.innerText.includes("New title"));
});
