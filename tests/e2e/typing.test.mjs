// Typing faster than the screen draws: every letter goes where the typist means it.

import { weft } from "./support/browser.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { blank, told } from "./support/roles.mjs";
import { soon } from "./support/soon.mjs";

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
  await soon.deepEqual(() => told(page), ["Inspector", "Operator", "Planners", "Setter"]);
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
  await soon.deepEqual(() => told(page), ["Millings", "Operator", "Turnings"]);
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
  await soon.deepEqual(async () => (await titles()).slice(0, 2), ["Alpha", "Beta"]);
  await soon.doesNotMatch(async () => (await titles())[2], /Gamma/);
});

/** The panel of a module in two tabs of one device, with its description. */
async function twoTabs(page, context) {
  const plan = example();
  const module = plan.modules.find((it) => it.code === "ZJ01");
  module.description = { en: "Turn parts" };
  module.title = { en: "Turn parts" };
  const address = await openPlan(page, plan);
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto(`${address}/modules/${module.id}`);
    await words(tab).waitFor();
  }
  return other;
}
const words = (tab) => tab.locator(".panel").getByLabel("Description", { exact: true });
const hours = (tab) => tab.locator(".panel").getByLabel("Hours").first();
const caret = (tab) => words(tab).evaluate((it) => it.selectionStart);
const put = (tab, at) => words(tab).evaluate((it, at) => it.setSelectionRange(at, at), at);
const reads = (tab, text) => tab.waitForFunction((text) => [...document.querySelectorAll(".panel textarea")].some((it) => it.value === text), text);

weft("two who write into one text at the same time lose nothing, and the caret stays between its letters", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await words(page).focus();
  await put(page, 4);
  // Nothing typed yet: what the partner writes before the caret moves it along.
  await words(other).fill("We turn parts");
  await words(other).blur();
  await reads(page, "We turn parts");
  await soon.equal(() => caret(page), 7);
  // A draft that is not committed takes in what the partner writes behind it.
  await page.keyboard.type(" long");
  await words(other).focus();
  await other.keyboard.press("End");
  await other.keyboard.type(" alone");
  await words(other).blur();
  await reads(page, "We turn long parts alone");
  await soon.equal(() => caret(page), 12);
  await words(page).blur();
  await reads(other, "We turn long parts alone");
  await page.reload();
  await reads(page, "We turn long parts alone");
});

for (const [name, field] of [
  ["the description", words],
  ["the title", (tab) => tab.locator(".panel .item-title textarea")],
]) {
  weft(`a composition in ${name} is left alone while a partner writes, and both stand in the text afterwards`, async ({ page, context }) => {
    const other = await twoTabs(page, context);
    await field(page).focus();
    await field(page).evaluate((it) => it.setSelectionRange(10, 10));
    const protocol = await context.newCDPSession(page);
    await protocol.send("Input.imeSetComposition", { text: "che", selectionStart: 3, selectionEnd: 3 });
    await field(other).fill("We turn parts");
    await field(other).blur();
    await hours(other).fill("97");
    await hours(other).press("Enter");
    // The later change is here, so the earlier one is, too.
    await page.waitForFunction(() => [...document.querySelectorAll(".panel input")].some((it) => it.value === "97"));
    await soon.equal(() => field(page).inputValue(), "Turn partsche");
    await protocol.send("Input.insertText", { text: "车" });
    await reads(page, "We turn parts车");
    await soon.equal(() => field(page).evaluate((it) => it.selectionStart), 14);
    await field(page).blur();
    await reads(other, "We turn parts车");
  });
}

weft("a composition in a cell of a table is left alone while a partner writes, and both stand in it afterwards", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  const address = page.url().replace(/\/modules.*/, "");
  await goTo(page, address, "modules");
  await page.getByRole("radio", { name: "Table" }).click();
  const row = page.locator(".item-row").filter({ hasText: "ZJ01" });
  const cell = row.getByRole("gridcell").nth(2);
  await cell.click();
  await page.keyboard.press("F2");
  const editor = page.locator(".cell-editor").locator("textarea, input");
  await editor.waitFor();
  await page.keyboard.press("End");
  const protocol = await context.newCDPSession(page);
  await protocol.send("Input.imeSetComposition", { text: "che", selectionStart: 3, selectionEnd: 3 });
  const title = other.locator(".panel .item-title textarea");
  await title.fill("We turn parts");
  await title.blur();
  await hours(other).fill("97");
  await hours(other).press("Enter");
  await row.getByText("97", { exact: true }).waitFor();
  await soon.equal(() => editor.inputValue(), "Turn partsche");
  await protocol.send("Input.insertText", { text: "车" });
  await page.keyboard.press("Enter");
  await row.getByText("We turn parts车").waitFor();
  await reads(other, "We turn parts车");
});

weft("a space at the end of what is typed stays while the typist pauses", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await words(page).focus();
  await put(page, 10);
  await page.keyboard.type(" and ");
  await reads(other, "Turn parts and");
  await page.keyboard.type("bores");
  await soon.equal(() => words(page).inputValue(), "Turn parts and bores");
});

weft("what a tab hears at once in portions mixes with what is typed into it", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await words(page).focus();
  await put(page, 0);
  // This one hears nothing for a while, and then all of it at one go.
  const busy = page.evaluate(() => {
    const until = performance.now() + 4_000;
    while (performance.now() < until);
  });
  const long = (letter) => letter.repeat(24_000);
  let written = "Turn parts";
  for (const letter of ["a", "b", "c", "d"]) {
    written += long(letter);
    await words(other).fill(written);
    await words(other).blur();
  }
  await page.keyboard.type("Now: ");
  await busy;
  await words(page).blur();
  const all = `Now: ${written}`;
  for (const tab of [page, other]) {
    // Lengths alone: a failure would print a hundred thousand letters.
    await soon.equal(() => words(tab).evaluate((it) => it.value.length), all.length);
    await soon.equal(async () => (await words(tab).inputValue()) === all, true);
  }
  await other.close();
  await page.reload();
  await soon.equal(async () => (await words(page).inputValue()) === all, true);
});
