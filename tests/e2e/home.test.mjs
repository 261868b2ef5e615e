// Home: what a first visitor does, and what happens to plans that are there.

import assert from "node:assert/strict";
import { open, picture, screens, url, weft } from "./support/browser.mjs";
import { accessible, accessibleInBothThemes } from "./support/axe.mjs";
import { addModule } from "./support/partners.mjs";
import { example, openFile, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

const row = (page) => page.locator(".home-plans tbody tr");

async function home(page) {
  await page.goto(`${url}#/`);
  await page.locator(".home").waitFor();
}

async function choose(page, act) {
  await row(page).first().getByRole("button", { name: /^More about/ }).click();
  await page.getByRole("menuitem", { name: act }).click();
}

weft("a first visitor is one click away from a complete plan", async ({ page }) => {
  await open(page);
  await page.getByText("No plans here yet").waitFor();
  await picture(page, "home-first");
  await accessible(page, "Home without plans");
  await page.getByRole("button", { name: "Look at the example" }).click();
  await page.waitForURL(/\/overview/);
  await page.locator(".figures").getByText("2,688", { exact: true }).waitFor();
});

weft("the second example and every template make a plan that opens", async ({ page }) => {
  for (const name of [/^Plant mechanic/, /^Empty plan/, /^Chinese higher/, /^German trade/, /^UK apprenticeship/]) {
    await open(page, `${url}#/`);
    await page.locator(".home-seed-button", { hasText: name }).click();
    await page.waitForURL(/\/overview/);
    await page.locator(".overview h1").waitFor();
  }
  await home(page);
  await assert.doesNotReject(row(page).nth(4).waitFor());
});

weft("a plan is copied, deleted, brought back and removed for good", async ({ page }) => {
  await openPlan(page, example());
  await home(page);
  await row(page).first().waitFor();
  await soon.equal(() => row(page).count(), 1);
  await picture(page, "home");

  await choose(page, "Duplicate");
  await row(page).nth(1).waitFor();
  await soon.match(() => row(page).first().innerText(), /\(2\)/);

  await choose(page, "Delete");
  await page.getByText("was deleted").waitFor();
  await row(page).nth(1).waitFor({ state: "detached" });
  await page.locator("#toasts").getByRole("button", { name: "Undo" }).click();
  await row(page).nth(1).waitFor();

  await choose(page, "Delete");
  await row(page).nth(1).waitFor({ state: "detached" });
  await page.getByText("Deleted plans (1)").click();
  await page.getByRole("button", { name: "Bring back" }).click();
  await row(page).nth(1).waitFor();

  await choose(page, "Delete");
  await page.getByText("Deleted plans (1)").waitFor();
  // The fold is made anew with what is in it.
  const forget = page.getByRole("button", { name: "Remove for good" });
  if (!(await forget.isVisible())) await page.getByText("Deleted plans (1)").click();
  await forget.click();
  await page.getByText(/Deleted plans/).waitFor({ state: "detached" });
  await soon.equal(() => row(page).count(), 1);
});

weft("a plan that another tab has open is not deleted under its hands", async ({ page, context, watch }) => {
  const plan = await openPlan(page, example());
  const beside = await context.newPage();
  watch(beside);
  await home(beside);
  await row(beside).first().waitFor();
  await choose(beside, "Delete");
  await beside.getByText("Another tab has this plan open. Close it there, then delete it.").waitFor();
  await soon.equal(() => row(beside).count(), 1);
  await addModule(page, plan, "Gear hobbing");
  await page.close();
  await choose(beside, "Delete");
  await beside.getByText("was deleted").waitFor();
});

weft("a downloaded plan is remembered as a copy and opens again as the same", async ({ page }) => {
  await openPlan(page, example());
  await home(page);
  await page.getByText("no copy as a file yet", { exact: true }).waitFor();
  const download = page.waitForEvent("download");
  await choose(page, "Download as JSON");
  const file = await download;
  assert.match(file.suggestedFilename(), /^CNC.*\.json$/);
  await page.getByText(/^copy as a file today/).waitFor();
  const chunks = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  const plan = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  assert.equal(plan.modules.length, 44);
  assert.equal(plan.links.length, 142);
});

weft("a file opens by being dropped on the page", async ({ page }) => {
  await open(page);
  await page.locator(".home").waitFor();
  const text = JSON.stringify(example());
  const files = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "plan.json", { type: "application/json" }));
    return data;
  }, text);
  await page.dispatchEvent("body", "dragover", { dataTransfer: files });
  await page.locator(".home.is-dragged").waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer: files });
  await page.waitForURL(/\/overview/);
});

weft("what is no plan is refused in words, and nothing is made of it", async ({ page }) => {
  const refused = [
    ["{\"format\":\"else\"}", "plan.json", /no Weft plan/],
    ["{\"format\":\"weft-plan\",\"version\":1,", "plan.json", /breaks off or is damaged/],
    ["", "plan.json", /empty/],
    ["code,title\nA,B", "modules.csv", /a table, not a plan/],
  ];
  for (const [text, name, words] of refused) {
    await openFile(page, text, name);
    await page.locator(".banner", { hasText: words }).waitFor();
    await soon.equal(() => row(page).count(), 0, words.source);
    await page.locator(".banner").getByRole("button", { name: "Close" }).click();
  }
});

for (const [language, locale] of [["English", "en-GB"], ["Chinese", "zh-CN"]]) {
  weft(`Home breaks no rule of accessibility in ${language}, light and dark`, { locale }, async ({ page }) => {
    await openPlan(page, example());
    await home(page);
    await row(page).first().waitFor();
    await accessibleInBothThemes(page, "Home", `home-${locale}`);
  });
}

weft("Home fits a phone", { viewport: screens.phone }, async ({ page }) => {
  await openPlan(page, example());
  await home(page);
  await row(page).first().waitFor();
  await picture(page, "home-phone");
  const wide = await page.evaluate(() => document.querySelector(".page-place").scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
});
