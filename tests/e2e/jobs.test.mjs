// The outline of jobs is written with the keyboard alone, and pastes what
// teachers have.

import assert from "node:assert/strict";
import { open, picture, screens, url, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { example, goTo, openPlan, withGaps } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

/** The outline as text: depth, tier and statement of each line in sight. */
const outline = (page) =>
  page.locator(".outline .line").evaluateAll((lines) =>
    lines
      .map((line) => ({
        top: parseFloat(line.style.top),
        text: `${"  ".repeat(Number(line.ariaLevel) - 1)}${line.className.match(/is-(role|task|content|competency)/)[1]} ${line.querySelector(".line-words input").value}`,
      }))
      .sort((one, other) => one.top - other.top)
      .map(({ text }) => text),
  );

/** A blank plan, on its Jobs page. */
async function blank(page) {
  const plan = await openPlan(page, {
    format: "weft-plan",
    version: 1,
    about: { title: { en: "New plan" }, languages: ["en", "zh-CN"] },
    scale_levels: [
      { letter: "I", rank: 1, name: { en: "introduce" } },
      { letter: "P", rank: 2, name: { en: "practise" } },
      { letter: "M", rank: 3, name: { en: "master" } },
    ],
  });
  await goTo(page, plan, "jobs");
  await page.getByRole("button", { name: "First job role" }).waitFor();
  return plan;
}

const paste = (page, text) =>
  page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);

async function shows(page, expected) {
  await page.waitForFunction((count) => document.querySelectorAll(".outline .line").length === count, expected.length);
  await soon.deepEqual(() => outline(page), expected);
}

weft("an outline is built with Enter, Tab and Shift+Tab", async ({ page }) => {
  await blank(page);
  await page.getByRole("button", { name: "First job role" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".line-words input:focus").waitFor();
  await page.keyboard.type("Operator");
  await page.keyboard.press("Enter");
  await page.locator(".line").nth(1).waitFor();
  await page.locator(".line:nth-child(2) input:focus").waitFor();
  await page.keyboard.type("Turning");
  await page.keyboard.press("Tab");
  await page.locator(".line.is-task").waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".line").nth(2).waitFor();
  await page.waitForTimeout(60);
  await page.keyboard.type("Clamp");
  await page.keyboard.press("Tab");
  await page.locator(".line.is-content").waitFor();
  await page.waitForTimeout(60);
  await page.keyboard.press("Tab");
  await page.locator(".line.is-competency").waitFor();
  await shows(page, ["role Operator", "  task Turning", "    competency Clamp"]);
  await page.waitForTimeout(60);
  // A role is the highest tier: said quietly, nothing happens.
  await page.keyboard.press("ArrowUp");
  await page.waitForTimeout(60);
  await page.keyboard.press("ArrowUp");
  await page.waitForTimeout(60);
  await page.keyboard.press("Shift+Tab");
  await page.getByText("A job role is the highest level.").waitFor();
  // What was done is taken back from within the line.
  await page.keyboard.press("Control+z");
  await page.waitForTimeout(200);
  await shows(page, ["role Operator", "  task Turning", "    content Clamp"]);
});

weft("an indented list and cells are pasted as one act", async ({ page }) => {
  await blank(page);
  await page.getByRole("button", { name: "First job role" }).click();
  await page.locator(".line-words input:focus").waitFor();
  await paste(page, "Operator\n\tTurning\n\t\tP-1.1 Clamp\n\t\tP-1.2 Set offsets\n\tMilling\n");
  await shows(page, [
    "role Operator",
    "  task Turning",
    "    competency Clamp",
    "    competency Set offsets",
    "  task Milling",
  ]);
  await paste(page, "Operator\tMilling\tAlign the vice\nOperator\tMilling\tPocket\n");
  await page.getByText("2 lines pasted").waitFor();
  await soon.deepEqual(async () => (await outline(page)).slice(4), [
    "  task Milling",
    "    competency Align the vice",
    "    competency Pocket",
  ]);
  const codes = () => page.locator(".line-code input").evaluateAll((all) => all.map((one) => one.value));
  await soon.deepEqual(async () => (await codes()).filter(Boolean).sort(), ["P-1.1", "P-1.2"]);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await page.waitForFunction(() => document.querySelectorAll(".outline .line").length === 5);
});

weft("lines are chosen, cut and put back with all that hangs on them", async ({ page }) => {
  const plan = await openPlan(page, example());
  await goTo(page, plan, "jobs");
  await page.locator(".line.is-competency").first().waitFor();
  const before = await page.locator(".line.is-competency").first().locator(".line-modules").innerText();
  await page.locator(".line.is-competency").first().locator(".line-words input").click();
  await page.keyboard.press("Shift+ArrowDown");
  await page.waitForFunction(() => document.querySelectorAll(".line.is-chosen").length === 2);
  const clip = await page.evaluate(() => {
    const data = new DataTransfer();
    document.activeElement.dispatchEvent(
      new ClipboardEvent("cut", { clipboardData: data, bubbles: true, cancelable: true }),
    );
    return data.getData("text/plain");
  });
  assert.match(clip, /^P-1\.1\.1 .*\nP-1\.1\.2 .*\n$/);
  await page.getByText("2 lines cut").waitFor();
  await page.waitForTimeout(100);
  await paste(page, clip);
  await page.waitForFunction(() => document.querySelector(".line.is-competency .line-modules a"));
  const texts = () => page.locator(".line-modules").allInnerTexts();
  await soon.ok(async () => (await texts()).includes(before), "the links to modules came back");
});

weft("beside each competency stands where it is taught and how far", async ({ page }) => {
  const plan = await openPlan(page, withGaps());
  await goTo(page, plan, "jobs");
  const reached = page.locator(".line.is-competency .line-reached");
  await reached.first().waitFor();
  await soon.match(() => reached.first().getAttribute("aria-label"), /^required master, reached master$/i);
  await soon.ok(async () => (await page.locator(".line .gap-mark").count()) >= 1);
  await picture(page, "jobs");
  const module = page.locator(".line-module").first();
  const code = await module.innerText();
  await module.click();
  await page.waitForURL(/\/modules\/[0-9a-z]{13}$/);
  await soon.equal(() => page.locator(".panel input").first().inputValue(), code);
});

weft("a line is moved by dragging and by keys, and opens in the panel", async ({ page }) => {
  await blank(page);
  await page.getByRole("button", { name: "First job role" }).click();
  await page.locator(".line-words input:focus").waitFor();
  await paste(page, "A\n one\n two\nB\n three\n");
  await shows(page, ["role A", "  task one", "  task two", "role B", "  task three"]);
  await page.locator(".line").nth(1).locator(".line-words input").click();
  await page.keyboard.press("Alt+ArrowDown");
  await page.waitForTimeout(150);
  await shows(page, ["role A", "  task two", "  task one", "role B", "  task three"]);
  const from = await page.locator(".line").nth(2).locator(".line-grip").boundingBox();
  const to = await page.locator(".line").nth(3).boundingBox();
  await page.mouse.move(from.x + 8, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(to.x + 200, to.y + 15, { steps: 6 });
  await page.mouse.up();
  await page.waitForTimeout(150);
  await shows(page, ["role A", "  task two", "role B", "  task three", "  task one"]);
  await page.keyboard.press("Control+Enter");
  await page.locator(".panel").waitFor();
  await soon.equal(() => page.locator(".panel .item-title textarea").inputValue(), "one");
});

for (const [name, options] of Object.entries({
  "en-light-desktop": {},
  "zh-dark-desktop": { locale: "zh-CN", colorScheme: "dark" },
  "en-light-phone": { viewport: screens.phone, hasTouch: true },
})) {
  weft(`the outline is accessible: ${name}`, options, async ({ page }) => {
    const plan = await openPlan(page, withGaps());
    await goTo(page, plan, "jobs");
    await page.locator(".line.is-competency").first().waitFor();
    await picture(page, `jobs-${name}`);
    await accessible(page, "the outline");
    await page.locator(".line.is-competency .line-words input").first().click();
    await page.keyboard.press("Control+Enter");
    await page.locator(".panel").waitFor();
    await page.waitForTimeout(300);
    await picture(page, `jobs-panel-${name}`);
    await accessible(page, "the outline with its panel");
  });
}
