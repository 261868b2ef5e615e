// Checks: the exact reason, the way to the spot, waivers.

import assert from "node:assert/strict";
import { picture, screens, weft } from "./support/browser.mjs";
import { accessibleInBothThemes } from "./support/axe.mjs";
import { goTo, openPlan, withGaps } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

const finding = (page, words) => page.locator(".finding", { hasText: words });

async function checks(page) {
  const plan = await openPlan(page, withGaps());
  await goTo(page, plan, "checks");
  await page.locator(".finding").first().waitFor();
  return plan;
}

weft("each finding says exactly what is wrong and why", async ({ page }) => {
  await checks(page);
  await soon.match(() => finding(page, "P-2.1.2").innerText(), /Below required level[\s\S]*Reached P \(.*\), required M \(.*\)\./);
  await soon.match(() => finding(page, "GG01").first().innerText(), /short by 1 h/);
  const uncovered = finding(page, "S-3.1");
  const why = uncovered.getByRole("button", { name: "Why" });
  await soon.equal(() => why.getAttribute("aria-expanded"), "false");
  await why.click();
  await uncovered.getByText("Source: Practice of the field").waitFor();
  await picture(page, "checks");
  await uncovered.getByRole("link", { name: /^Go to/ }).click();
  // The Weave adds the row that its cursor stands in.
  await page.waitForURL(/\/weave\/[0-9a-z]{13}/);
});

weft("filters narrow the list down", async ({ page }) => {
  await checks(page);
  const all = await page.locator(".finding").count();
  await page.getByRole("button", { name: /^Waived/ }).click();
  await soon.equal(() => page.locator(".finding").count(), 1);
  await soon.match(() => page.locator(".finding").innerText(), /Waived: learned on the job \(Ding Hui, 14 May 2026\)/);
  await page.getByRole("button", { name: /^Waived/ }).click();
  await page.getByRole("button", { name: /^Must/ }).click();
  await soon.ok(async () => (await page.locator(".finding").count()) < all);
  await page.getByRole("button", { name: /^Must/ }).click();
  await page.getByRole("combobox", { name: "Group" }).selectOption({ label: "Class hours (1)" });
  await soon.equal(() => page.locator(".finding").count(), 1);
});

weft("a finding is waived with a reason, kept, and the waiver ended and undone", async ({ page }) => {
  const plan = await checks(page);
  const row = finding(page, "S-3.1");
  await row.getByRole("button", { name: "Waive" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Waive", exact: true }).click();
  await dialog.getByText("Please say why.").waitFor();
  await dialog.getByLabel("Reason").fill("shown in the first week");
  await dialog.getByLabel("Who waives it").fill("Zhou Mingyuan");
  await dialog.getByRole("button", { name: "Waive", exact: true }).click();
  await row.getByText(/Waived: shown in the first week \(Zhou Mingyuan, /).waitFor();
  await page.getByText("2 waived").waitFor();
  await picture(page, "checks-waived");

  await page.locator(".save-state.good").waitFor();
  await page.reload();
  await row.getByText(/shown in the first week/).waitFor();
  // The name is remembered on the device.
  await finding(page, "P-2.1.2").getByRole("button", { name: "Waive" }).click();
  await soon.equal(() => dialog.getByLabel("Who waives it").inputValue(), "Zhou Mingyuan");
  await page.keyboard.press("Escape");

  await row.getByRole("button", { name: "End the waiver" }).click();
  await row.getByText(/shown in the first week/).waitFor({ state: "detached" });
  await page.locator("#sheet").focus();
  await page.keyboard.press("Control+z");
  await row.getByText(/shown in the first week/).waitFor();
  assert.ok(plan);
});

weft("a waiver whose figures have changed is told as fallen and can be put away", async ({ page }) => {
  const plan = withGaps();
  plan.waivers[0].figures = "reached=1;required=3";
  const address = await openPlan(page, plan);
  await goTo(page, address, "checks");
  await page.getByRole("heading", { name: "Waivers that hold no longer" }).waitFor();
  await page.getByRole("button", { name: "Put away" }).click();
  await page.getByRole("heading", { name: "Waivers that hold no longer" }).waitFor({ state: "detached" });
});

for (const [language, locale] of [["English", "en-GB"], ["Chinese", "zh-CN"]]) {
  weft(`Checks break no rule of accessibility in ${language}, light and dark`, { locale }, async ({ page }) => {
    await checks(page);
    await accessibleInBothThemes(page, "Checks", `checks-${locale}`);
    await page.locator(".finding").first().getByRole("button").nth(1).click();
    await page.getByRole("dialog").waitFor();
    await accessibleInBothThemes(page, "the dialog of a waiver", `waiver-${locale}`);
  });
}

weft("Checks fit a phone", { viewport: screens.phone }, async ({ page }) => {
  await checks(page);
  await picture(page, "checks-phone");
  const wide = await page.evaluate(() => document.querySelector(".page-place").scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
});

weft("the address of a finding leads to its row, and the way back from its spot too", async ({ page }) => {
  const plan = await checks(page);
  const row = finding(page, "P-5.2.1");
  await row.getByRole("link", { name: /^Go to/ }).click();
  await page.waitForURL(/\/weave\//);
  await page.locator(".weave-table").waitFor();
  await page.goBack();
  const here = page.locator(".finding:focus");
  await here.waitFor();
  await soon.match(() => here.innerText(), /P-5\.2\.1/);
  assert.match(page.url(), /\/checks\/coverage\.below\/[0-9a-z]{13}$/);
  await soon.ok(() => here.evaluate((row) => row.classList.contains("is-here")));
  await picture(page, "checks-here");
  const address = page.url();

  // From elsewhere, in a small window.
  await goTo(page, plan, "overview");
  await page.locator(".overview").waitFor();
  await page.setViewportSize({ width: 1280, height: 320 });
  await page.goto(address);
  await here.waitFor();
  await page.waitForTimeout(100);
  const box = await here.boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= 320, JSON.stringify(box));

  await page.goto(address.replace("coverage.below", "coverage.none"));
  await page.getByText("This finding is no longer there").waitFor();
  await soon.equal(() => page.locator(".finding.is-here").count(), 0);
});

weft("a finding that a filter hides is shown when its address is come to", async ({ page }) => {
  const plan = await checks(page);
  await finding(page, "P-5.2.1").getByRole("link", { name: /^Go to/ }).click();
  await page.goBack();
  await page.locator(".finding:focus").waitFor();
  const address = page.url();
  await page.goto(`${plan}/checks`);
  await page.locator(".finding").first().waitFor();
  await page.getByRole("combobox", { name: "Group" }).selectOption({ label: "Class hours (1)" });
  await soon.equal(() => finding(page, "P-5.2.1").count(), 0);
  await page.goto(address);
  await page.locator(".finding:focus").waitFor();
});

weft("what a finding is about comes into sight and is marked, in the matrix, the board and the table", async ({ page }) => {
  const plan = await checks(page);
  await page.setViewportSize({ width: 900, height: 420 });
  const inSight = async (locator) => {
    await locator.waitFor();
    await page.waitForTimeout(150);
    const box = await locator.boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.x < 900 && box.y + box.height <= 421, JSON.stringify(box));
  };
  await finding(page, "S-3.1").getByRole("link", { name: /^Go to/ }).click();
  await inSight(page.getByRole("columnheader", { name: /^S-3\.1 / }));
  const scrolled = await page.locator(".weave-grid").evaluate((grid) => grid.scrollTop);
  assert.equal(scrolled, 0, "a whole column is gone to sideways, not to its foot");
  await soon.match(() => page.locator(".weave-col.current").innerText(), /S-3\.1/);

  await goTo(page, plan, "checks");
  await finding(page, "GG01").first().getByRole("link", { name: /^Go to/ }).click();
  await inSight(page.locator(".module-card.is-open, .module-bar.is-open").first());
  await page.getByRole("button", { name: "Close" }).last().click();

  // The last row of the table.
  await page.getByRole("radio", { name: "Table" }).click();
  await page.locator(".item-row").first().waitFor();
  await goTo(page, plan, "checks");
  await page.locator(".finding").first().waitFor();
  await page.goto(`${plan}/modules/${withGaps().modules.at(-1).id}`);
  await inSight(page.locator(".item-row.is-open"));
});
