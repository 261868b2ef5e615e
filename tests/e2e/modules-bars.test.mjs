// Modules over several terms: moved and stretched by dragging and by keys.

import assert from "node:assert/strict";
import { picture, weft } from "./support/browser.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

async function board(page) {
  const address = await openPlan(page, example());
  await goTo(page, address, "modules");
  await page.locator(".module-bar").first().waitFor();
}

const bar = (page, code) => page.locator(".module-bar", { has: page.locator(`.card-code:text-is("${code}")`) });

/** The columns that the bars of a module lie over, once they are these. */
const bars = (page, code, expected) =>
  page
    .waitForFunction(
      ([code, expected]) => {
        const all = [...document.querySelectorAll(".module-bar")].filter(
          (one) => one.querySelector(".card-code").textContent === code,
        );
        return all.map((one) => one.style.gridColumn.replaceAll(" ", "")).join() === expected;
      },
      [code, expected],
      { timeout: 5000 },
    )
    .catch(async () => {
      const now = await bar(page, code).evaluateAll((all) => all.map((one) => one.style.gridColumn).join());
      assert.fail(`${code} lies over ${now}, not ${expected}`);
    });

/** Drags from a point of a bar to the middle of a column. */
async function dragBar(page, code, part, column) {
  const from = await bar(page, code).first().boundingBox();
  const to = await page.locator(".board-column").nth(column).boundingBox();
  await page.mouse.move(from.x + from.width * part + (part === 0 ? 4 : part === 1 ? -4 : 0), from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, from.y + from.height / 2 + 2, { steps: 6 });
}

weft("a bar is dragged to other terms as a whole, and one undo brings it back", async ({ page }) => {
  await board(page);
  await bars(page, "GG09", "1/3");
  await dragBar(page, "GG09", 0.25, 3);
  await page.locator(".bar-goal").waitFor();
  await soon.equal(() => page.locator(".bar-goal").evaluate((goal) => goal.style.gridColumn), "4 / 6");
  await picture(page, "modules-bar-dragged");
  await page.mouse.up();
  await bars(page, "GG09", "4/6");
  await soon.equal(() => page.locator(".bar-goal").count(), 0);
  await soon.equal(() => page.locator(".panel").count(), 0, "a drag opens nothing");
  // Past the last term it stops at it, and two stretches keep their distance.
  await dragBar(page, "GG09", 0.25, 5);
  await page.mouse.up();
  await bars(page, "GG09", "5/7");
  await bars(page, "GX03", "2/4,5/6");
  await dragBar(page, "GX03", 0.25, 2);
  await page.mouse.up();
  await bars(page, "GX03", "3/5,6/7");
  for (let back = 0; back < 3; back += 1) await page.keyboard.press("Control+z");
  await bars(page, "GG09", "1/3");
  await bars(page, "GX03", "2/4,5/6");
});

weft("a bar is lengthened and shortened at its ends, down to a single term", async ({ page }) => {
  await board(page);
  await dragBar(page, "GG09", 1, 3);
  await page.mouse.up();
  await bars(page, "GG09", "1/5");
  await dragBar(page, "GG09", 0, 2);
  await page.mouse.up();
  await bars(page, "GG09", "3/5");
  await dragBar(page, "GG09", 1, 0);
  await page.mouse.up();
  await bars(page, "GG09", "");
  for (let back = 0; back < 3; back += 1) await page.keyboard.press("Control+z");
  await bars(page, "GG09", "1/3");
  // Escape lets a drag go.
  await dragBar(page, "GG09", 1, 3);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await bars(page, "GG09", "1/3");
});

weft("keys and the menu do the same, and say where the module lies now", async ({ page }) => {
  await board(page);
  const said = (words) => page.locator('p[role="status"].visually-hidden').getByText(words).waitFor({ state: "attached" });
  await bar(page, "GG09").focus();
  for (const [keys, expected] of [
    ["Alt+Shift+ArrowRight", "1/4"],
    ["Alt+ArrowRight", "2/5"],
    ["Alt+Shift+ArrowUp", "1/5"],
    ["Alt+Shift+ArrowDown", "2/5"],
    ["Alt+Shift+ArrowLeft", "2/4"],
  ]) {
    await page.keyboard.press(keys);
    await bars(page, "GG09", expected);
    await page.waitForFunction(() => document.activeElement?.classList.contains("module-bar"));
  }
  const terms = await page.locator(".column-button").allInnerTexts();
  await said(`${terms[1]}, ${terms[2]}`);
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: /End a term later/ }).click();
  await bars(page, "GG09", "2/5");
  await bar(page, "SJ06").focus();
  await page.keyboard.press("Alt+Shift+ArrowRight");
  await bars(page, "SJ06", "5/7");
  for (let back = 0; back < 6; back += 1) await page.keyboard.press("Control+z");
  await bars(page, "GG09", "1/3");
});
