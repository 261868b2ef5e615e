// Filling by the handle, and several ranges at once, in the Weave.

import assert from "node:assert/strict";
import { picture, url, weft } from "./support/browser.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";
import { active, activeName, copied, drag, grid, level, middle, open, paste, toast } from "./support/weave.mjs";

const sum = (page, text) => page.locator(".weave-sum").getByText(text, { exact: true }).waitFor();

/** Drags the fill handle onto a cell. */
async function fillTo(page, row, col, end = () => page.mouse.up()) {
  const handle = await page.locator(".weave-handle").boundingBox();
  const to = await middle(page, row, col);
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x, (handle.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await end();
}

weft("the handle fills the selected cells down and right, and one undo takes each back", async ({ page }) => {
  await open(page);
  await active(page, 1, 4);
  await page.keyboard.press("i");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("m");
  await page.keyboard.press("Shift+ArrowUp");
  await sum(page, "2 × 1 selected · 2 links · I 1 · M 1");
  await fillTo(page, 4, 4, async () => {
    await page.locator(".weave-goal").waitFor();
    await picture(page, "weave-filling");
    await page.mouse.up();
  });
  await sum(page, "4 × 1 selected · 4 links · I 2 · M 2");
  await soon.equal(() => page.locator(".weave-goal").isVisible(), false);
  await fillTo(page, 4, 5);
  await sum(page, "4 × 2 selected · 8 links · I 4 · M 4");
  await page.keyboard.press("Control+z");
  await sum(page, "4 × 2 selected · 4 links · I 2 · M 2");
  await page.keyboard.press("Control+z");
  await soon.equal(() => level(page, 4, 4), "none");
  await soon.equal(() => level(page, 2, 4), "master");
});

weft("Escape lets a drag of the handle go, and a click on it selects the cell below", async ({ page }) => {
  await open(page);
  await active(page, 3, 3);
  await page.keyboard.press("p");
  await fillTo(page, 4, 3, async () => {
    await page.locator(".weave-goal").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".weave-goal").waitFor({ state: "hidden" });
    await page.mouse.up();
  });
  await sum(page, "1 × 1 selected · 1 link · P 1");
  await soon.equal(() => level(page, 4, 3), "none");
  await active(page, 3, 3);
  const handle = await page.locator(".weave-handle").boundingBox();
  await page.mouse.click(handle.x + handle.width - 2, handle.y + handle.height - 2);
  await soon.match(() => activeName(page), /^M4 .* × C4 /);
});

weft("the buttons below the grid fill for who does not drag", async ({ page }) => {
  await open(page);
  await active(page, 3, 3);
  await page.keyboard.press("p");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowRight");
  await page.getByRole("button", { name: "Fill down" }).click();
  await soon.equal(() => page.evaluate(() => document.activeElement.getAttribute("role")), "grid");
  await page.locator(".weave-grid [aria-live]").getByText("1 cell filled").waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Fill right" }).click();
  await sum(page, "2 × 2 selected · 4 links · P 4");
});

weft("Ctrl with the mouse selects further ranges: a level, Delete and the sum take them all", async ({ page }) => {
  await open(page);
  await drag(page, [3, 3], [4, 3]);
  await page.keyboard.down("Control");
  await drag(page, [3, 5], [4, 5]);
  const one = await middle(page, 1, 4);
  await page.mouse.click(one.x, one.y);
  await page.keyboard.up("Control");
  await sum(page, "3 ranges, 5 cells selected · 0 links");
  await soon.equal(() => page.locator(".weave-handle").isVisible(), false);
  await page.keyboard.press("p");
  await sum(page, "3 ranges, 5 cells selected · 5 links · P 5");
  await picture(page, "weave-ranges");
  // What is filled is there for a screen reader, and says that it is selected.
  await page.waitForTimeout(250);
  const selected = await page
    .locator("[role=gridcell][aria-selected=true]")
    .evaluateAll((cells) => cells.map((cell) => cell.id).sort());
  assert.deepEqual(selected, ["weave-0-3", "weave-2-2", "weave-2-4", "weave-3-2", "weave-3-4"]);
  await page.keyboard.press("Control+z");
  await sum(page, "3 ranges, 5 cells selected · 0 links");
  await page.keyboard.press("Control+y");
  await page.keyboard.press("Delete");
  await sum(page, "3 ranges, 5 cells selected · 0 links");
  await page.keyboard.press("Control+z");
  await sum(page, "3 ranges, 5 cells selected · 5 links · P 5");
  // A second press with Ctrl takes the cell out again.
  await page.keyboard.down("Control");
  await page.mouse.click(one.x, one.y);
  await page.keyboard.up("Control");
  await sum(page, "2 ranges, 4 cells selected · 4 links · P 4");
  await page.keyboard.press("ArrowUp");
  await sum(page, "1 × 1 selected · 0 links");
  await page.waitForTimeout(250);
  await soon.equal(() => page.locator("[role=gridcell][aria-selected=true]").count(), 1);
});

weft("ranges are kept and added by the keyboard alone", async ({ page }) => {
  await open(page);
  await active(page, 3, 3);
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Control+F8");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  await sum(page, "2 ranges, 4 cells selected · 0 links");
  await page.keyboard.press("m");
  await sum(page, "2 ranges, 4 cells selected · 4 links · M 4");
  await page.keyboard.press("Escape");
  await sum(page, "1 × 1 selected · 1 link · M 1");
});

weft("ranges that share rows are copied side by side, others are not and say why", async ({ page }) => {
  await open(page);
  await active(page, 3, 3);
  await page.keyboard.press("i");
  await active(page, 4, 5);
  await page.keyboard.press("m");
  await drag(page, [3, 3], [4, 3]);
  await page.keyboard.down("Control");
  await drag(page, [3, 5], [4, 5]);
  await page.keyboard.up("Control");
  assert.equal((await copied(page))[0], "I\t\n\tM");
  // One cell goes into every selected one.
  await paste(page, "P");
  await sum(page, "2 ranges, 4 cells selected · 4 links · P 4");
  await page.keyboard.down("Control");
  const one = await middle(page, 1, 4);
  await page.mouse.click(one.x, one.y);
  await page.keyboard.up("Control");
  assert.equal((await copied(page))[0], "");
  await toast(page).getByText("These ranges make no table together").waitFor();
});

weft("the heads of rows and columns are added as ranges too", async ({ page }) => {
  await open(page);
  await page.getByRole("rowheader", { name: /M2/ }).click();
  await page.getByRole("columnheader", { name: /^C4/ }).click({ modifiers: ["Control"] });
  await sum(page, "2 ranges, 8 cells selected · 1 link · I 1");
  assert.ok(page.url().startsWith(url));
  await grid(page).press("ArrowDown");
  await sum(page, "1 × 1 selected · 0 links");
});

for (const dots of [1, 1.5]) {
  weft(`drawing what one cell changed gives the same picture as drawing everything: ${dots} dots a pixel`, { deviceScaleFactor: dots }, async ({ page }) => {
    const plan = await openPlan(page, example());
    await goTo(page, plan, "weave");
    await page.locator("[role=rowheader]").first().waitFor();
    await grid(page).focus();
    const drawn = () =>
      page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
    /** The picture of now, and the one after everything has been drawn. */
    const pictures = () =>
      page.evaluate(async () => {
        const look = () => document.querySelector(".weave-canvas").toDataURL();
        const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        await frames();
        const now = look();
        document.querySelector("[role=grid]").dispatchEvent(new FocusEvent("focusin"));
        await frames();
        return [now, look()];
      });
    let last = "";
    const same = async (what) => {
      const [some, all] = await pictures();
      assert.ok(some === all, what);
      assert.notEqual(some, last, `${what}: nothing was drawn`);
      last = some;
    };
    for (const [way, scroll] of [["at the start", [0, 0]], ["half a cell on", [45, 37]], ["far on", [333, 411]]]) {
      await page.evaluate(([x, y]) => document.querySelector(".weave-grid").scrollTo(x, y), scroll);
      for (const at of [[0.02, 0.02], [0.5, 0.5], [0.97, 0.97]]) {
        const box = await page.locator(".weave-canvas").boundingBox();
        // The cells end before the totals do.
        const [x, y] = [box.x + (box.width - 44) * at[0], box.y + 48 + (box.height - 96) * at[1]];
        await page.mouse.click(x, y);
        await pictures();
        for (const key of ["Space", "3", "Delete", "Control+z"]) {
          await page.keyboard.press(key);
          await same(`${way}, ${at}, ${key}`);
        }
        // One after another, with nothing drawn anew between them.
        for (const key of ["Delete", "3", "1", "2", "Delete", "Control+z", "1"]) {
          await page.keyboard.press(key);
          await drawn();
        }
        await same(`${way}, ${at}, several keys`);
      }
    }
  });
}
