// The Overview tells the exact figures and leads to the items; Find or do
// leads everywhere.

import assert from "node:assert/strict";
import { open, picture, screens, url, weft } from "./support/browser.mjs";
import { accessibleInBothThemes } from "./support/axe.mjs";
import { example, goTo, openPlan, withGaps } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

const figures = (page) =>
  page.locator(".figure-box").evaluateAll((all) =>
    all.map((one) => one.querySelector(".figure-value").textContent.replace(/\s+/g, " ").trim()),
  );

weft("the key figures of the example are exact", async ({ page }) => {
  await openPlan(page, example());
  await soon.deepEqual(() => figures(page), ["44", "2,688h", "157", "62.95%", "31.85%", "10.71%"]);
  const rules = await page.locator(".figure-rule").allInnerTexts();
  assert.match(rules.join("\n"), /142 links/);
  assert.match(rules.join("\n"), /17\.12 h to a credit/);
  await picture(page, "overview");
});

weft("what a plan does not say is not given, never zero", async ({ page }) => {
  await open(page, `${url}#/`);
  await page.locator(".home-seed-button", { hasText: "Plant mechanic" }).click();
  await page.waitForURL(/\/overview/);
  await page.locator(".figures").waitFor();
  const shown = await figures(page);
  assert.equal(shown[0], "13");
  assert.equal(shown[1], "1,020h");
  assert.equal(shown[3], "–", "practice");
  const practice = page.locator(".figure-box").nth(3);
  await soon.match(() => practice.innerText(), /not given/);
});

weft("gaps stand worst first and lead to the spot", async ({ page }) => {
  await openPlan(page, withGaps());
  const gaps = page.locator(".gap-row");
  await gaps.first().waitFor();
  await soon.match(() => gaps.first().innerText(), /S-3\.1[\s\S]*Not covered/);
  await soon.match(() => gaps.nth(1).innerText(), /Below required level/);
  await soon.match(() => gaps.last().innerText(), /waived: learned on the job/);
  await soon.equal(() => page.locator(".thread-open[data-thread]").count(), 1);
  await picture(page, "overview-gaps");
  await gaps.first().getByRole("link").click();
  // The Weave adds the row that its cursor stands in.
  await page.waitForURL(/\/weave\/[0-9a-z]{13}/);
});

weft("hours by term can be read without seeing the chart", async ({ page }) => {
  await openPlan(page, example());
  const table = page.getByRole("table", { name: "Hours by term and place" });
  const cells = await table.getByRole("row").nth(1).locator("th, td").allTextContents();
  assert.deepEqual(cells.slice(0, 2), ["T1", "556"]);
});

weft("the details of the plan are one click away", async ({ page }) => {
  await openPlan(page, example());
  await page.getByRole("link", { name: "Plan details" }).click();
  await page.waitForURL(/\/data$/);
});

weft("Find or do finds items in every language and runs commands", async ({ page }) => {
  const plan = await openPlan(page, example());
  const find = async (words) => {
    await page.keyboard.press("Control+k");
    await page.locator(".palette-input").fill(words);
  };
  const best = page.locator(".palette-item").first();

  await find("机械制图");
  await soon.match(() => best.innerText(), /ZJ01/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/modules\/[0-9a-z]{13}$/);

  await goTo(page, plan, "overview");
  await page.locator(".overview").waitFor();
  await find("p-2.1.2");
  await soon.match(() => best.innerText(), /P-2\.1\.2/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/jobs\/[0-9a-z]{13}$/);

  await find("checks");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/checks$/);

  await find("new module");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/modules\/[0-9a-z]{13}$/);
  await find("undo");
  await page.keyboard.press("Enter");
  await goTo(page, plan, "overview");
  await page.locator(".figures").waitFor();
  await soon.equal(async () => (await figures(page))[0], "44");

  await find("简体中文");
  await page.keyboard.press("Enter");
  await page.locator("html[lang=zh-CN]").waitFor();
});

for (const [language, locale] of [["English", "en-GB"], ["Chinese", "zh-CN"]]) {
  weft(`the Overview breaks no rule of accessibility in ${language}, light and dark`, { locale }, async ({ page }) => {
    await openPlan(page, withGaps());
    await accessibleInBothThemes(page, "Overview", `overview-${locale}`);
  });
}

weft("the Overview fits a phone", { viewport: screens.phone }, async ({ page }) => {
  await openPlan(page, withGaps());
  await picture(page, "overview-phone");
  const wide = await page.evaluate(() => document.querySelector(".page-place").scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
});

weft("recent changes say who did what, newest first, and follow an undo", async ({ page }) => {
  const plan = await openPlan(page, example());
  const recent = page.locator(".recent-line");
  await page.getByText("Nothing has changed yet.").waitFor();
  await soon.equal(() => recent.count(), 0);
  await goTo(page, plan, "modules");
  const card = page.locator(".module-card", { has: page.locator('.card-code:text-is("ZH02")') });
  await card.focus();
  await page.keyboard.press("Alt+ArrowRight");
  await page.getByRole("button", { name: /^Undo: move/ }).waitFor();
  await goTo(page, plan, "weave");
  await page.getByRole("grid").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("2");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("2");
  await goTo(page, plan, "overview");
  await recent.first().waitFor();
  const lines = () => recent.locator(".recent-words").allInnerTexts();
  const [first, , third] = await lines();
  assert.match(first, /^You set levels of “.+”$/);
  assert.match(third, /^You moved “ZH02 .+”$/);
  await soon.match(() => recent.first().locator("time").innerText(), /^\d\d:\d\d$/);
  await picture(page, "overview-recent");
  await page.keyboard.press("Control+z");
  await recent.filter({ hasText: "You undid a change to" }).waitFor();
  await soon.match(async () => (await lines())[0], /undid/);
  await recent.filter({ hasText: "You moved" }).getByRole("link").click();
  await page.waitForURL(/\/modules\/[0-9a-z]{13}$/);
  await page.locator(".module-card.is-open").waitFor();
});
