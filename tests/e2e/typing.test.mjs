// Typing faster than the screen draws: every letter goes where the typist means it.

import assert from "node:assert/strict";
import { weft } from "./support/browser.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { blank, told } from "./support/roles.mjs";

/** From here on no frame is drawn before half a second is over. */
const slow = (page) =>
  page.evaluate(() => {
    window.requestAnimationFrame = (act) => setTimeout(() => act(performance.now()), 500);
  });

weft("lines typed in one go stand each on its own", async ({ page }) => {
  await blank(page);
  await slow(page);
  for (const name of ["Operator", "Setter", "Inspector"]) {
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
  }
  await page.keyboard.type("Planner");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.type("s");
  await page.keyboard.press("Enter");
  assert.deepEqual(await told(page), ["Inspector", "Operator", "Planners", "Setter"]);
});

weft("a line that moves keeps the caret of who types", async ({ page }) => {
  await blank(page);
  await slow(page);
  await page.keyboard.type("Operator");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Turning");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Milling");
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.type("s");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("s");
  assert.deepEqual(await told(page), ["Millings", "Operator", "Turnings"]);
});

weft("cells typed in one go stand each in its own", async ({ page }) => {
  const plan = await openPlan(page, example());
  await goTo(page, plan, "modules");
  await page.getByRole("radio", { name: "Table" }).click();
  await page.locator(".item-row").nth(6).waitFor();
  await page.getByRole("row").nth(1).getByRole("gridcell").nth(2).click();
  await slow(page);
  for (const name of ["Alpha", "Beta"]) {
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
  }
  await page.keyboard.type("Gamma");
  await page.keyboard.press("Escape");
  const titles = () => page.locator(".item-row").evaluateAll((rows) =>
    rows.slice(0, 3).map((row) => row.querySelectorAll("[role=gridcell]")[2].innerText.trim()));
  assert.deepEqual((await titles()).slice(0, 2), ["Alpha", "Beta"]);
  assert.doesNotMatch((await titles())[2], /Gamma/);
});
