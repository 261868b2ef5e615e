// Versions: named, signed by both sides, verified by a third, and what breaks the seal.

import assert from "node:assert/strict";
import { picture, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { arrived, device, introduce, met, received, saved, sent } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";

const SCHOOL = "Linjiang Vocational and Technical College (invented)";
const WORKS = "Haiheng Precision Machinery Co., Ltd. (invented)";
const version = (page) => page.locator(".version");
const card = (page, code) => page.locator(".module-card", { has: page.locator(`.card-code:text-is("${code}")`) });

/** Shows the versions of a plan. */
async function versions(page, plan) {
  await goTo(page, plan, "review");
  await page.getByRole("tab", { name: "Versions and signatures" }).click();
}

/** Signs the first version for the party that the person speaks for. */
async function sign(page) {
  await version(page).getByRole("button", { name: "Sign", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign", exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await saved(page);
}

/** Sets the hours of a module. */
async function hours(page, plan, module, value) {
  await goTo(page, plan, "modules");
  await card(page, module).click();
  const field = page.locator(".panel").getByLabel("Hours").first();
  await field.fill(value);
  await field.press("Enter");
}

weft("a version that school and enterprise have signed is valid on a third device, and a later edit is shown", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await versions(page, plan);
  await page.getByRole("button", { name: "Name this version" }).click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("For the committee");
  await page.getByRole("button", { name: "Save version" }).click();
  await version(page).getByText("Waiting for signatures").waitFor();
  const hash = await version(page).locator("code").innerText();
  await sign(page);
  await version(page).getByText("School 1 of 1").waitFor();
  await version(page).getByText("Enterprise 0 of 1").waitFor();

  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui", WORKS);
  await versions(works, plan);
  await sign(works);
  await version(works).getByText("Valid").waitFor();
  const file = await sent(works, plan);

  const office = await device(watch);
  await received(office, file);
  await arrived(office);
  await versions(office, plan);
  await version(office).getByText("Valid").waitFor();
  await version(office).getByText("The plan still reads so.").waitFor();
  assert.equal(await version(office).locator("code").innerText(), hash);
  assert.equal(await version(office).locator(".signature").count(), 2);
  await accessible(office, "versions and signatures");
  await picture(office, "review-versions");
  await goTo(office, plan, "print");
  await office.getByRole("radio", { name: "Signature sheet" }).click();
  await office.locator(".paper-signatures").getByText("Ding Hui").waitFor();
  await office.locator(".paper-hash").getByText(hash).waitFor();

  await hours(office, plan, "ZJ01", "40");
  await saved(office);
  await versions(office, plan);
  await version(office).getByText("1 thing has changed since.").waitFor();
  await version(office).getByText("Valid").waitFor();
  await version(office).getByRole("button", { name: "Show what changed" }).click();
  await office.getByText("1 difference", { exact: true }).waitFor();
  await office.locator(".compare-group").getByText("40", { exact: true }).waitFor();
  await goTo(office, plan, "print");
  await office.getByRole("radio", { name: "Revision comparison" }).click();
  assert.match(await office.locator(".paper-revision tbody tr").innerText(), /Hours\s+96\s+40/);

  await received(page, file);
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await versions(page, plan);
  await version(page).getByText("Valid").waitFor();
  await works.context().close();
  await office.context().close();
});

weft("a signature on paper is noted with its day and the hash of the scan", async ({ page }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await versions(page, plan);
  await page.getByRole("button", { name: "Name this version" }).click();
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Save version" }).click();
  await dialog.getByText("Give it a name.").waitFor();
  await dialog.getByLabel("Name", { exact: true }).fill("Signed by hand");
  await page.getByRole("button", { name: "Save version" }).click();
  await version(page).getByRole("button", { name: "Signed on paper" }).click();
  await dialog.getByRole("button", { name: "Note it" }).click();
  await dialog.getByText("Choose the partner for whom it is signed.").waitFor();
  await dialog.getByLabel("Name", { exact: true }).fill("Ding Hui");
  await dialog.getByLabel("For which partner").selectOption({ index: 2 });
  await dialog.getByLabel("Signed on").fill("2026-06-01");
  const chooser = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: "Take the hash of a scan" }).click();
  await (await chooser).setFiles({ name: "scan.pdf", mimeType: "application/pdf", buffer: Buffer.from("abc") });
  await dialog.getByText("scan.pdf: ba7816bf8f01…").waitFor();
  await accessible(page, "signed on paper");
  await dialog.getByRole("button", { name: "Note it" }).click();
  await version(page).getByText("on paper, 1 Jun 2026; scan ba7816bf8f01…").waitFor();
  await version(page).getByText("Enterprise 1 of 1").waitFor();
});

weft("a frozen plan asks why before it changes, once, and keeps the answer", async ({ page }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await goTo(page, plan, "data");
  await page.getByLabel("Status").selectOption({ label: "Frozen" });
  await saved(page);
  await hours(page, plan, "ZJ01", "40");
  const dialog = page.getByRole("dialog", { name: "This plan is frozen" });
  await dialog.waitFor();
  await accessible(page, "a frozen plan");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await goTo(page, plan, "review");
  assert.equal(await page.locator(".entry").filter({ hasText: "Hours" }).count(), 0, "nothing was changed");
  await hours(page, plan, "ZJ01", "41");
  await dialog.getByRole("button", { name: "Change it" }).click();
  await dialog.getByText("Say why.").waitFor();
  await dialog.getByLabel("Why it must change").fill("The workshop moved");
  await dialog.getByRole("button", { name: "Change it" }).click();
  await dialog.waitFor({ state: "detached" });
  await saved(page);
  await hours(page, plan, "ZJ02", "42");
  await saved(page);
  await goTo(page, plan, "review");
  await page.locator(".entry").filter({ hasText: "The workshop moved" }).waitFor();
  assert.equal(await page.locator(".entry").filter({ hasText: "Hours" }).count(), 2);
});
