// Modules are arranged by pointer and by keys, edited in a table and a panel,
// and what is deleted comes back.

import assert from "node:assert/strict";
import { picture, screens, url, weft, open } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { example, goTo, openPlan, withGaps } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

const columnOf = (page, code) =>
  page.evaluate((code) => {
    const card = [...document.querySelectorAll(".module-card")].find(
      (card) => card.querySelector(".card-code").textContent === code,
    );
    return card?.closest(".board-column")?.getAttribute("aria-label");
  }, code);

const card = (page, code) => page.locator(".module-card", { has: page.locator(`.card-code:text-is("${code}")`) });

async function board(page, plan = example()) {
  const address = await openPlan(page, plan);
  await goTo(page, address, "modules");
  await page.locator(".module-card").first().waitFor();
  return address;
}

weft("the board shows terms, bars, pools and exact sums", async ({ page }) => {
  await board(page);
  await soon.match(() => page.locator(".page-note").innerText(), /44 modules · 2,688 h · 157 credits/);
  await soon.equal(() => page.locator(".board-heads .column-head").count(), 6);
  await soon.ok(async () => (await page.locator(".module-bar").count()) > 4);
  await soon.match(() => page.locator(".pool-head").first().innerText(), /take 1 of/);
  await soon.match(() => page.locator(".column-head").first().innerText(), /556 h/);
  await picture(page, "modules");
});

weft("a module moves between terms by keys and by dragging, and undo brings it back", async ({ page }) => {
  await board(page);
  const first = await columnOf(page, "ZH02");
  await card(page, "ZH02").focus();
  await page.keyboard.press("Alt+ArrowRight");
  await page.waitForFunction(
    ([code, before]) =>
      [...document.querySelectorAll(".module-card")].find((one) => one.querySelector(".card-code").textContent === code)
        ?.closest(".board-column")?.getAttribute("aria-label") !== before,
    ["ZH02", first],
  );
  const second = await columnOf(page, "ZH02");
  assert.notEqual(second, first);
  await soon.match(() => page.locator('p[role="status"].visually-hidden').allInnerTexts().then((all) => all.join()), new RegExp(second));
  await page.waitForFunction(() => document.activeElement?.classList.contains("module-card"));
  await soon.equal(() => page.evaluate(() => document.activeElement.querySelector(".card-code").textContent), "ZH02");
  await page.keyboard.press("Control+z");
  await page.waitForTimeout(200);
  await soon.equal(() => columnOf(page, "ZH02"), first);
  const from = await card(page, "ZH02").boundingBox();
  const target = page.locator(".board-column").nth(4);
  const to = await target.boundingBox();
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 300, { steps: 8 });
  await page.mouse.up();
  await page.waitForTimeout(250);
  await soon.equal(() => columnOf(page, "ZH02"), await target.getAttribute("aria-label"));
});

weft("the panel opens without moving the board, and an offering changes the sum", async ({ page }) => {
  await board(page);
  await page.locator(".board").evaluate((board) => board.scrollTo(0, 120));
  const before = await page.locator(".board").evaluate((board) => board.scrollTop);
  await card(page, "ZH02").dispatchEvent("click");
  await page.locator(".panel").waitFor();
  await page.waitForTimeout(200);
  await soon.equal(() => page.locator(".board").evaluate((board) => board.scrollTop), before);
  const panel = page.locator(".panel");
  const weekly = panel.getByLabel("Hours a week");
  await weekly.fill("4");
  await weekly.press("Enter");
  await panel.locator(".note.gap").waitFor();
  await soon.match(() => panel.locator(".note.gap").innerText(), /Σ 64 h of 80 h/);
  await picture(page, "modules-panel");
});

weft("units are added, ordered and deleted with a way back", async ({ page }) => {
  await board(page);
  await card(page, "ZH02").click();
  const panel = page.locator(".panel");
  await panel.getByRole("tab", { name: /Units/ }).click();
  const before = await panel.locator(".list-row").count();
  await panel.getByRole("button", { name: /Add: Unit/ }).click();
  await page.waitForFunction((count) => document.querySelectorAll(".panel .list-row").length === count, before + 1);
  await page.waitForTimeout(100);
  await page.keyboard.type("U9");
  await page.keyboard.press("Enter");
  const row = panel.locator(".list-row").last();
  await soon.equal(() => row.locator("input").first().inputValue(), "U9");
  await row.getByRole("button", { name: "Delete" }).click();
  await page.waitForFunction((count) => document.querySelectorAll(".panel .list-row").length === count, before);
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await page.waitForFunction((count) => document.querySelectorAll(".panel .list-row").length === count, before + 1);
});

weft("deleting a module says what hangs on it and offers to bring it back", async ({ page }) => {
  await board(page);
  await card(page, "ZH02").focus();
  await page.keyboard.press("Delete");
  const toast = page.locator(".toast");
  await toast.waitFor();
  await soon.match(() => toast.innerText(), /deleted, with .*links? to competencies/);
  await soon.equal(() => card(page, "ZH02").count(), 0);
  await toast.getByRole("button", { name: "Undo" }).click();
  await card(page, "ZH02").waitFor();
});

weft("the table sorts, filters and is edited in place with the keys of a spreadsheet", async ({ page }) => {
  await board(page);
  await page.getByRole("radio", { name: "Table" }).click();
  await page.locator(".item-row").first().waitFor();
  await page.getByRole("searchbox").or(page.getByLabel("Filter")).first().fill("ZH0");
  await page.waitForFunction(() => document.querySelectorAll(".item-row").length < 12);
  await page.getByRole("button", { name: /^Hours/ }).first().click();
  const hours = () =>
    page.locator(".item-row").evaluateAll((rows) =>
      rows
        .sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top))
        .map((row) => Number(row.children[5].innerText)),
    );
  const sorted = await hours();
  assert.deepEqual(sorted, [...sorted].sort((one, other) => one - other));
  await page.getByRole("button", { name: /^Hours/ }).first().click();
  await page.getByRole("button", { name: /^Hours/ }).first().click();
  const cell = page.locator(".item-row").first().locator(".item-cell").nth(2);
  await cell.click();
  await page.keyboard.press("F2");
  await page.locator(".cell-editor input:focus").waitFor();
  await page.keyboard.press("End");
  await page.keyboard.type(" (new)");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.querySelector(".cell-editor"));
  await soon.match(() => cell.innerText(), /\(new\)$/);
  await page.keyboard.press("Control+z");
  await page.waitForTimeout(150);
  await soon.doesNotMatch(() => cell.innerText(), /\(new\)$/);
  await picture(page, "modules-table");
});

weft("a plan without a calendar has columns by period, and its modules move between them", async ({ page }) => {
  await open(page, `${url}#/`);
  await page.locator(".home-seed-button", { hasText: "Plant mechanic" }).click();
  await page.waitForURL(/\/overview/);
  const address = page.url().replace(/\/overview.*/, "");
  await goTo(page, address, "modules");
  await page.locator(".module-card").first().waitFor();
  await soon.ok(async () => (await page.locator(".board-column").count()) >= 2);
  await soon.equal(() => page.locator(".module-card").count(), 13);
  await picture(page, "modules-periods");
});

weft("plan data is edited by kind: a new place, found again where it is chosen", async ({ page }) => {
  const address = await board(page);
  await goTo(page, address, "data/places");
  await page.locator(".item-row").first().waitFor();
  await page.getByRole("button", { name: "Place" }).click();
  await page.locator(".panel").waitFor();
  await page.waitForTimeout(150);
  await page.locator(".panel .item-title textarea").fill("Third workshop");
  await page.keyboard.press("Enter");
  await page.locator(".item-row", { hasText: "Third workshop" }).waitFor();
  await picture(page, "data-places");
});

for (const [name, options] of Object.entries({
  "en-light-desktop": {},
  "zh-dark-desktop": { locale: "zh-CN", colorScheme: "dark" },
  "zh-light-phone": { locale: "zh-CN", viewport: screens.phone, hasTouch: true },
})) {
  weft(`modules and plan data are accessible: ${name}`, options, async ({ page }) => {
    const address = await board(page, withGaps());
    await picture(page, `modules-${name}`);
    await accessible(page, "the board");
    await page.locator(".module-card").nth(3).click();
    await page.locator(".panel").waitFor();
    await page.waitForTimeout(300);
    await picture(page, `modules-panel-${name}`);
    await accessible(page, "the panel of a module");
    await page.keyboard.press("Escape");
    await page.getByRole("radio").nth(1).click();
    await page.locator(".item-row").first().waitFor();
    await accessible(page, "the table of modules");
    await goTo(page, address, "data/people");
    await page.locator(".item-row").first().waitFor();
    await picture(page, `data-${name}`);
    await accessible(page, "plan data");
  });
}

weft("what is written in a language that the plan lacks is edited in that language", async ({ page }) => {
  const plan = example();
  const module = plan.modules.find(({ code }) => code === "ZJ01");
  module.title = { de: "Feilen" };
  await board(page, plan);
  await card(page, "ZJ01").click();
  const panel = page.locator(".panel");
  const title = panel.locator(".item-title textarea");
  await panel.getByRole("button", { name: "Deutsch" }).or(panel.getByRole("button", { name: "German" })).click();
  await soon.equal(() => title.inputValue(), "Feilen");
  // Also while nothing is written in it: what follows goes to the same place.
  await title.fill("");
  await page.waitForTimeout(1_000);
  await page.keyboard.type("Drehen");
  await page.keyboard.press("Enter");
  await card(page, "ZJ01").getByText("Drehen").waitFor();
  await soon.equal(() => title.inputValue(), "Drehen");
  await soon.equal(() => panel.locator(".lang-button").count(), 3);
});
