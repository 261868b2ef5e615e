// Checks: the exact reason, the way to the spot, waivers.

import assert from "node:assert/strict";
import { picture, screens, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { goTo, openPlan, withGaps } from "./support/plans.mjs";

const finding = (page, words) => page.locator(".finding", { hasText: words });

async function checks(page) {
  const plan = await openPlan(page, withGaps());
  await goTo(page, plan, "checks");
  await page.locator(".finding").first().waitFor();
  return plan;
}

weft("each finding says exactly what is wrong and why", async ({ page }) => {
  await checks(page);
  assert.match(await finding(page, "P-2.1.2").innerText(), /Below required level[\s\S]*Reached P \(.*\), required M \(.*\)\./);
  assert.match(await finding(page, "GG01").first().innerText(), /short by 1 h/);
  const uncovered = finding(page, "S-3.1");
  const why = uncovered.getByRole("button", { name: "Why" });
  assert.equal(await why.getAttribute("aria-expanded"), "false");
  await why.click();
  await uncovered.getByText("Source: Practice of the field").waitFor();
  await picture(page, "checks");
  await uncovered.getByRole("link", { name: /^Go to/ }).click();
  await page.waitForURL(/\/weave\/[0-9a-z]{13}$/);
});

weft("filters narrow the list down", async ({ page }) => {
  await checks(page);
  const all = await page.locator(".finding").count();
  await page.getByRole("button", { name: /^Waived/ }).click();
  assert.equal(await page.locator(".finding").count(), 1);
  assert.match(await page.locator(".finding").innerText(), /Waived: learned on the job \(Ding Hui, 14 May 2026\)/);
  await page.getByRole("button", { name: /^Waived/ }).click();
  await page.getByRole("button", { name: /^Must/ }).click();
  assert.ok((await page.locator(".finding").count()) < all);
  await page.getByRole("button", { name: /^Must/ }).click();
  await page.getByRole("combobox", { name: "Group" }).selectOption({ label: "Class hours (1)" });
  assert.equal(await page.locator(".finding").count(), 1);
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
  assert.equal(await dialog.getByLabel("Who waives it").inputValue(), "Zhou Mingyuan");
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
  for (const colorScheme of ["light", "dark"]) {
    weft(`Checks break no rule of accessibility in ${language}, ${colorScheme}`, { locale, colorScheme }, async ({ page }) => {
      await checks(page);
      await accessible(page, "Checks");
      await page.locator(".finding").first().getByRole("button").nth(1).click();
      await page.getByRole("dialog").waitFor();
      await accessible(page, "the dialog of a waiver");
      await picture(page, `checks-${locale}-${colorScheme}`);
    });
  }
}

weft("Checks fit a phone", { viewport: screens.phone }, async ({ page }) => {
  await checks(page);
  await picture(page, "checks-phone");
  const wide = await page.evaluate(() => document.querySelector(".page-place").scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
});
