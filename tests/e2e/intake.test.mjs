// A new intake from a plan: its lineage, the revision comparison table with its
// reasons, and what was approved in a frozen plan.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { picture, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { typeHours as hours } from "./support/modules.mjs";
import { arrived, device, introduce, received, saved, sent } from "./support/partners.mjs";
import { choose, wayOut } from "./support/files.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

const SCHOOL = "Linjiang Vocational and Technical College (invented)";

async function tab(page, plan, name) {
  await goTo(page, plan, "review");
  await page.getByRole("tab", { name, exact: true }).click();
}

weft("a new intake knows its origin, lists what differs with a reason for each, and takes both to a partner and to paper", async ({ page, watch }) => {
  const origin = example();
  origin.comments = [{ id: "0000000000aaa", anchor: "plan", body: { en: "Old talk" }, author: "0000000000xyz", at: 1 }];
  const first = await openPlan(page, origin);
  await introduce(page, "Lin Jing", SCHOOL);
  await tab(page, first, "Versions and signatures");
  await page.getByRole("button", { name: "Name this version" }).click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("As approved");
  await page.getByRole("button", { name: "Save version" }).click();
  const hash = await page.locator(".version code").innerText();
  await page.getByRole("button", { name: "New intake from this plan" }).click();
  const dialog = page.getByRole("dialog", { name: "New intake from this plan" });
  await dialog.getByLabel("Copy", { exact: true }).selectOption({ index: 1 });
  const year = origin.about.intake_year + 1;
  await soon.equal(() => dialog.getByLabel("Year of intake").inputValue(), String(year));
  await dialog.getByLabel(/Title of the new plan \(English\)/).fill("CNC, next intake");
  await accessible(page, "the dialog for a new intake");
  await dialog.getByRole("button", { name: "Make the new plan" }).click();
  await page.waitForURL((url) => url.href.includes("/overview") && !url.href.startsWith(first));
  const plan = page.url().replace(/\/overview.*/, "");
  await page.getByText("CNC, next intake").first().waitFor();
  await tab(page, plan, "Versions and signatures");
  await page.getByText(`version “As approved”, hash ${hash}`).waitFor();
  await tab(page, plan, "Comments");
  await soon.equal(() => page.getByText("Old talk").count(), 0, "talk stays where it was said");

  await hours(page, plan, "ZJ01", "120");
  await tab(page, plan, "Revision");
  const line = page.locator(".revision").filter({ hasText: "ZJ01" });
  await soon.match(() => line.innerText(), /Hours[\s\S]*Old\s+96[\s\S]*New\s+120/);
  await page.locator(".revision").filter({ hasText: String(year) }).first().waitFor();
  await soon.equal(() => page.locator(".revision").filter({ hasText: "Copied from" }).count(), 0);
  await line.getByLabel("Reason").fill("The new drawings take longer");
  await line.getByLabel("Reason").blur();
  await saved(page);
  await accessible(page, "the revision table");
  await picture(page, "revision-table");
  await page.getByRole("link", { name: "Print the table" }).click();
  const printed = page.locator(".paper-revision tr").filter({ hasText: "ZJ01" });
  await printed.getByText("The new drawings take longer").waitFor();
  await picture(page, "revision-print");

  // The reason and the origin travel with the plan.
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await tab(works, plan, "Revision");
  const theirs = works.locator(".revision").filter({ hasText: "ZJ01" });
  await soon.equal(() => theirs.getByLabel("Reason").inputValue(), "The new drawings take longer");
});

/** Names a version of the plan as it reads now. */
async function version(page, plan, name) {
  await tab(page, plan, "Versions and signatures");
  await page.getByRole("button", { name: "Name this version" }).click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Save version" }).click();
  await page.locator(".version").filter({ hasText: name }).waitFor();
}

weft("two versions are compared, and a file with the plan, in Review, on paper and as Word file and workbook", async ({ page }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await version(page, plan, "First draft");
  const before = await sent(page, plan);
  await hours(page, plan, "ZJ01", "120");
  await version(page, plan, "Second draft");
  await hours(page, plan, "ZJ02", "61");
  await saved(page);

  await tab(page, plan, "Revision");
  const line = (code) => page.locator(".revision").filter({ hasText: code });
  const states = page.locator(".review-filters");
  const first = await states.getByLabel("From").locator("option").filter({ hasText: "First draft" }).getAttribute("value");
  await states.getByLabel("From").selectOption(first);
  await line("ZJ02").first().waitFor();
  await line("ZJ01").first().waitFor();
  const second = await states.getByLabel("To").locator("option").filter({ hasText: "Second draft" }).getAttribute("value");
  await states.getByLabel("To").selectOption(second);
  await line("ZJ02").first().waitFor({ state: "detached" });
  await soon.match(() => line("ZJ01").innerText(), /Hours[\s\S]*Old\s+96[\s\S]*New\s+120/);
  await line("ZJ01").getByLabel("Reason").fill("The new drawings take longer");
  await line("ZJ01").getByLabel("Reason").blur();
  await saved(page);
  await accessible(page, "two versions side by side");
  await picture(page, "revision-between");

  await goTo(page, plan, "print/revision");
  const paper = page.locator(".print-between");
  await paper.getByLabel("From").selectOption(first);
  await paper.getByLabel("To").selectOption(second);
  await page.locator(".paper").getByText(/^From: .*First draft.* To: .*Second draft/).waitFor();
  await soon.equal(() => page.locator(".paper-revision tbody tr").count(), 1);
  await page.locator(".paper-revision").getByText("The new drawings take longer").waitFor();
  await picture(page, "revision-between-print");

  for (const way of ["docx_revision", "xlsx_revision"]) {
    await goTo(page, plan, "export");
    await wayOut(page, way);
    await page.locator(".export-choices").getByLabel("From").selectOption(first);
    await page.locator(".export-choices").getByLabel("To").selectOption(second);
    await page.locator(".export-seen").getByText("The new drawings take longer").first().waitFor();
    // Each choice makes the file anew; the one made after the first still has ZJ02.
    await page.locator(".export-seen").getByText("ZJ02").first().waitFor({ state: "detached" });
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Download/ }).click()]);
    assert.ok(readFileSync(await download.path()).subarray(0, 2).equals(Buffer.from("PK")), way);
  }

  // A file of the plan as it was, and one that is no plan.
  await tab(page, plan, "Revision");
  const press = () => page.getByRole("button", { name: "Compare with a file" }).click();
  await choose(page, press, { name: "notes.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.getByText("“notes.json” holds no plan that can be read whole.").waitFor();
  await choose(page, press, { name: "earlier.weft", mimeType: "application/octet-stream", buffer: before });
  await page.getByLabel("From").locator("option:checked", { hasText: "File earlier.weft" }).waitFor({ state: "attached" });
  await line("ZJ02").first().waitFor();
  await line("ZJ01").first().waitFor();
  await picture(page, "revision-with-file");
});

weft("on a phone, in Chinese and in the dark, the revision table takes a reason", { viewport: { width: 390, height: 844 }, locale: "zh-CN", colorScheme: "dark" }, async ({ page }) => {
  const first = await openPlan(page, example());
  await goTo(page, first, "review");
  await page.getByRole("tab", { name: "版本与签署" }).click();
  await page.getByRole("button", { name: "由本方案建立新一届方案" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "建立新方案" }).click();
  await page.waitForURL((url) => url.href.includes("/overview") && !url.href.startsWith(first));
  const plan = page.url().replace(/\/overview.*/, "");
  await goTo(page, plan, "review/revision");
  const line = page.locator(".revision").first();
  await line.getByLabel("理由").fill("学制调整");
  await line.getByLabel("理由").blur();
  await saved(page);
  await accessible(page, "the revision table, phone");
  await picture(page, "revision-phone-zh-dark");
  await page.reload();
  await page.locator(".revision").first().waitFor();
  await soon.equal(() => page.locator(".revision").first().getByLabel("理由").inputValue(), "学制调整");
});

weft("what was changed in a frozen plan is listed under its approval", async ({ page }) => {
  const frozen = example();
  frozen.about.status = "frozen";
  const plan = await openPlan(page, frozen);
  await introduce(page, "Lin Jing", SCHOOL);
  await hours(page, plan, "ZJ01", "120");
  const dialog = page.getByRole("dialog", { name: "This plan is frozen" });
  await dialog.locator("textarea").fill("The ministry asks for it");
  await dialog.getByRole("button", { name: /^Change/ }).click();
  await dialog.waitFor({ state: "detached" });
  await saved(page);
  await tab(page, plan, "Versions and signatures");
  const approval = page.locator(".approval");
  await approval.getByText("The ministry asks for it").waitFor();
  await soon.match(() => approval.innerText(), /approved by Lin Jing/);
  await soon.match(() => approval.innerText(), /ZJ01[\s\S]*96[\s\S]*120/);
  await accessible(page, "approvals");
  await picture(page, "approvals");
});
