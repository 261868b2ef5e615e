// Stages of the signing policy: what each covers, who signs at it, and what breaks it.

import { picture, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { typeHours as hours } from "./support/modules.mjs";
import { introduce, saved } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { named, signed, versions } from "./support/signing.mjs";
import { schoolsOwn } from "./support/single.mjs";
import { soon } from "./support/soon.mjs";

const SCHOOL = "Linjiang Vocational and Technical College (invented)";
const WORKS = "Haiheng Precision Machinery Co., Ltd. (invented)";
const version = (page) => page.locator(".version");

weft("a policy of two stages is set, its first signed here and its second noted on paper", async ({ page }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await goTo(page, plan, "data");
  await page.locator(".data-link").filter({ hasText: "Signing stages" }).click();
  for (const [title, counts] of [["Training office", { "Schools that sign": "1", "Enterprises that sign": "0" }], ["Works council", { "Schools that sign": "0", "Enterprises that sign": "1" }]]) {
    await page.getByRole("button", { name: "Signing stage", exact: true }).first().click();
    const panel = page.locator(".panel");
    await panel.locator("input:focus, textarea:focus").fill(title);
    await page.keyboard.press("Enter");
    for (const [label, count] of Object.entries(counts)) {
      await panel.getByLabel(label, { exact: true }).fill(count);
      await panel.getByLabel(label, { exact: true }).press("Enter");
    }
    await saved(page);
  }
  await accessible(page, "stages of signing");
  await versions(page, plan);
  await page.getByRole("button", { name: "Name this version" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("For the council");
  await page.getByRole("button", { name: "Save version" }).click();
  await version(page).getByText("Works council").waitFor();
  await version(page).getByRole("button", { name: "Sign", exact: true }).click();
  await dialog.getByLabel("Stage").selectOption({ label: "Training office" });
  await dialog.getByRole("button", { name: "Sign", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await saved(page);
  await version(page).locator(".stage").filter({ hasText: "Training office" }).getByText("School 1 of 1").waitFor();
  await version(page).locator(".stage").filter({ hasText: "Works council" }).getByText("Enterprise 0 of 1").waitFor();
  await version(page).getByRole("button", { name: "Signed on paper" }).click();
  await dialog.getByLabel("Who signed").fill("Ding Hui");
  await dialog.getByLabel("For which partner").selectOption({ label: `${WORKS} · Enterprise` });
  await dialog.getByLabel("Stage").selectOption({ label: "Works council" });
  await dialog.getByLabel("Signed on").fill("2026-06-01");
  await dialog.getByRole("button", { name: "Note it" }).click();
  await version(page).locator(".stage").filter({ hasText: "Works council" }).getByText("Enterprise 1 of 1").waitFor();
  // The stage that the example came with.
  await version(page).getByText("Waiting for signatures").waitFor();
});

weft("a stage that covers some modules stands while others change, and breaks with its own", async ({ page }) => {
  const policy = schoolsOwn();
  const [covered] = policy.modules.filter((module) => module.code === "ZJ01");
  policy.signer_stages = [
    { id: "0000000000stg", title: { en: "Drawing group" }, schools: 1, scope: "modules", modules: [covered.id] },
    { id: "0000000000whk", title: { en: "Whole plan" }, schools: 1, scope: "whole" },
  ];
  const plan = await openPlan(page, policy);
  await introduce(page, "Lin Jing", SCHOOL);
  await named(page, plan, "For the groups");
  const stage = (name) => version(page).locator(".stage").filter({ hasText: name });
  const standing = "What it covers still reads so.";
  const broken = "What it covers has changed since.";
  await version(page).getByRole("button", { name: "Sign", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Stage").selectOption({ label: "Drawing group" });
  await dialog.getByText(/^Covers only these modules.*Engineering Drawing/).waitFor();
  await dialog.getByRole("button", { name: "Sign", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await stage("Drawing group").getByText("School 1 of 1").waitFor();
  await stage("Whole plan").getByText("School 0 of 1").waitFor();
  // The same person signs for the other stage, too.
  await version(page).getByRole("button", { name: "Sign", exact: true }).click();
  await dialog.getByLabel("Stage").selectOption({ label: "Whole plan" });
  await dialog.getByText("Covers the whole plan.").waitFor();
  await dialog.getByRole("button", { name: "Sign", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await version(page).getByText("Valid", { exact: true }).waitFor();

  await hours(page, plan, "ZJ02", "12");
  await saved(page);
  await versions(page, plan);
  await stage("Drawing group").getByText(standing).waitFor();
  await stage("Whole plan").getByText(broken).waitFor();
  await hours(page, plan, "ZJ01", "40");
  await saved(page);
  await versions(page, plan);
  await stage("Drawing group").getByText(broken).waitFor();
  await stage("Drawing group").getByText("School 1 of 1").waitFor();
  await version(page).getByText("2 things have changed since.").waitFor();
  await picture(page, "review-stage-broken");
  // What broke this one, and not what was changed elsewhere.
  await stage("Drawing group").getByRole("button", { name: "Show what changed of it" }).click();
  await page.getByText("Only what the stage “Drawing group” covers.").waitFor();
  await page.getByText("1 difference", { exact: true }).waitFor();
  await soon.match(() => page.locator(".compare-group").innerText(), /ZJ01[\s\S]*40/);
  await picture(page, "review-stage-compared");
  await page.getByRole("button", { name: "Timeline" }).click();
  await versions(page, plan);
  await page.keyboard.press("Control+z");
  await stage("Drawing group").getByText(standing).waitFor();
});

weft("a version is signed at the stages that it was named with, whatever the policy is by now", async ({ page }) => {
  const policy = schoolsOwn();
  policy.signer_stages = [];
  const plan = await openPlan(page, policy);
  await introduce(page, "Lin Jing", SCHOOL);
  await named(page, plan, "Without stages");
  await goTo(page, plan, "data/signer_stages");
  await page.getByRole("button", { name: "Signing stage", exact: true }).first().click();
  await page.locator(".panel").locator("input:focus, textarea:focus").fill("Training office");
  await page.keyboard.press("Enter");
  await saved(page);
  const stage = page.url();
  await versions(page, plan);
  await signed(page);
  await version(page).getByText("School 1 of 1").waitFor();

  // A stage that is gone by now is brought back before it is signed.
  const later = await named(page, plan, "With a stage");
  const second = version(page).filter({ hasText: later });
  await second.getByText("Training office").waitFor();
  await page.goto(stage);
  await page.locator(".panel").getByRole("button", { name: "Delete" }).first().click();
  await saved(page);
  await versions(page, plan);
  await second.getByText("Training office").waitFor();
  await second.getByRole("button", { name: "Sign", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Sign", exact: true }).click();
  await dialog.getByText("This stage was deleted since the version was named").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await second.getByRole("button", { name: "Sign", exact: true }).click();
  await dialog.getByRole("button", { name: "Sign", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await second.getByText("School 1 of 1").waitFor();
});
