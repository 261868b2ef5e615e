// Versions: named, signed by both sides, verified by a third, and what breaks the seal.

import { open, picture, url, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { exported } from "./support/files.mjs";
import { typeHours as hours } from "./support/modules.mjs";
import { addModule, arrived, device, introduce, link, met, received, saved, sent } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { put } from "./support/saved.mjs";
import { named, signed, versions } from "./support/signing.mjs";
import { schoolsOwn } from "./support/single.mjs";
import { soon } from "./support/soon.mjs";

const SCHOOL = "Linjiang Vocational and Technical College (invented)";
const WORKS = "Haiheng Precision Machinery Co., Ltd. (invented)";
const version = (page) => page.locator(".version");

weft("a version that school and enterprise have signed is valid on a third device, and a later edit is shown", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await named(page, plan, "For the committee");
  await version(page).getByText("Waiting for signatures").waitFor();
  const hash = await version(page).locator("code").innerText();
  await signed(page);
  await version(page).getByText("School 1 of 1").waitFor();
  await version(page).getByText("Enterprise 0 of 1").waitFor();

  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui", WORKS);
  await versions(works, plan);
  await signed(works);
  await version(works).getByText("Valid", { exact: true }).waitFor();
  const file = await sent(works, plan);

  const office = await device(watch);
  await received(office, file);
  await arrived(office);
  await versions(office, plan);
  await version(office).getByText("Valid", { exact: true }).waitFor();
  await version(office).getByText("The plan still reads so.").waitFor();
  await soon.equal(() => version(office).locator("code").innerText(), hash);
  await soon.equal(() => version(office).locator(".signature").count(), 2);
  await accessible(office, "versions and signatures");
  await picture(office, "review-versions");
  await goTo(office, plan, "print");
  await office.getByRole("radio", { name: "Signature sheet" }).click();
  await office.locator(".paper-signatures").getByText("Ding Hui").waitFor();
  await office.locator(".paper-hash").getByText(hash).waitFor();

  // Of the school's own house: others would propose it.
  await introduce(office, "Zhou Min", SCHOOL);
  await hours(office, plan, "ZJ01", "40");
  await saved(office);
  await versions(office, plan);
  await version(office).getByText("1 thing has changed since.").waitFor();
  await version(office).getByText("Valid", { exact: true }).waitFor();
  await version(office).getByRole("button", { name: "Show what changed" }).click();
  await office.getByText("1 difference", { exact: true }).waitFor();
  await office.locator(".compare-group").getByText("40", { exact: true }).waitFor();
  await goTo(office, plan, "print");
  await office.getByRole("radio", { name: "Revision comparison" }).click();
  await soon.match(() => office.locator(".paper-revision tbody tr").innerText(), /Hours\s+96\s+40/);

  await received(page, file);
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await versions(page, plan);
  await version(page).getByText("Valid", { exact: true }).waitFor();
});

weft("a key signs a version once, and for whom somebody speaks is not changed by signing", async ({ page }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await named(page, plan, "For the committee");
  await signed(page);
  await version(page).getByText("School 1 of 1").waitFor();
  await version(page).getByRole("button", { name: "Sign", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("For which partner").selectOption({ label: `${WORKS} · Enterprise` });
  await dialog.getByRole("button", { name: "Sign", exact: true }).click();
  await dialog.getByText("has signed this already. One key counts once.").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".rail-item").filter({ hasText: "Lin Jing" }).click();
  const mine = page.getByRole("dialog", { name: "Who you are" }).getByLabel("In this plan I speak for");
  await soon.equal(() => mine.locator("option:checked").innerText(), SCHOOL);
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
  await dialog.getByText("Say who signed.").waitFor();
  await dialog.getByLabel("Who signed").fill("Ding Hui");
  await dialog.getByRole("button", { name: "Note it" }).click();
  await dialog.getByText("Choose the partner for whom it is signed.").waitFor();
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
  // Noted by mistake, it is taken back, and does not count.
  await version(page).getByRole("button", { name: /^Take back the note of Ding Hui/ }).click();
  await version(page).getByText("Enterprise 0 of 1").waitFor();
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await version(page).getByText("Enterprise 1 of 1").waitFor();
  await soon.equal(() => version(page).getByRole("button", { name: "Remove version" }).count(), 0);
  await version(page).getByRole("button", { name: /^Take back the note of Ding Hui/ }).click();
  await version(page).getByRole("button", { name: "Remove version" }).click();
  await page.getByText("No version has a name yet").waitFor();
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
  await soon.equal(() => page.locator(".entry").filter({ hasText: "Hours" }).count(), 0, "nothing was changed");
  await hours(page, plan, "ZJ01", "41");
  await dialog.getByRole("button", { name: "Change it" }).click();
  await dialog.getByText("Say why.").waitFor();
  await dialog.getByLabel("Why it must change").fill("The workshop moved");
  await dialog.getByRole("button", { name: "Change it" }).click();
  await dialog.waitFor({ state: "detached" });
  await saved(page);
  await hours(page, plan, "ZJ02", "42");
  await saved(page);
  // It stays in sight, and ends when the person says so.
  const banner = page.locator(".banner").filter({ hasText: "You are changing a frozen plan: The workshop moved" });
  await accessible(page, "changing a frozen plan");
  await picture(page, "frozen-changing");
  await banner.getByRole("button", { name: "Done changing" }).click();
  await banner.waitFor({ state: "detached" });
  await hours(page, plan, "ZJ02", "43");
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  // To thaw it is a change like any other.
  await goTo(page, plan, "data");
  await page.getByLabel("Status").selectOption({ label: "Draft" });
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await soon.equal(() => page.getByLabel("Status").locator("option:checked").innerText(), "Frozen");
  await page.getByLabel("Status").selectOption({ label: "Draft" });
  await dialog.getByLabel("Why it must change").fill("A new cohort");
  await dialog.getByRole("button", { name: "Change it" }).click();
  await dialog.waitFor({ state: "detached" });
  await soon.equal(() => page.getByLabel("Status").locator("option:checked").innerText(), "Draft");
  await saved(page);
  await goTo(page, plan, "review");
  for (const why of ["The workshop moved", "A new cohort"]) await page.locator(".entry").filter({ hasText: why }).waitFor();
  await soon.equal(() => page.locator(".entry").filter({ hasText: "Hours" }).count(), 2);
});

weft("who approves changing a frozen plan is asked for their name", async ({ page }) => {
  const plan = await openPlan(page, example());
  await goTo(page, plan, "data");
  await page.getByLabel("Status").selectOption({ label: "Frozen" });
  await saved(page);
  await hours(page, plan, "ZJ01", "40");
  const dialog = page.getByRole("dialog", { name: "This plan is frozen" });
  await dialog.getByLabel("Why it must change").fill("The workshop moved");
  await dialog.getByRole("button", { name: "Change it" }).click();
  const who = page.getByRole("dialog", { name: "Who you are" });
  await who.getByLabel("Name", { exact: true }).fill("Lin Jing");
  await who.getByRole("button", { name: "Save", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await saved(page);
  await goTo(page, plan, "review");
  await page.locator(".entry").filter({ hasText: "The workshop moved" }).filter({ hasText: "Lin Jing" }).waitFor();
});

weft("taking back what was done before a plan was frozen asks why", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await hours(page, plan, "ZJ01", "40");
  await saved(page);
  const field = page.locator(".panel").getByLabel("Hours").first();
  const beside = await page.context().newPage();
  watch(beside);
  await goTo(beside, plan, "data");
  await beside.getByLabel("Status").selectOption({ label: "Frozen" });
  await saved(beside);
  // The freezing itself is taken back and done again without a question.
  const back = async (from, key) => {
    await from.evaluate(() => document.activeElement?.blur());
    await from.keyboard.press(key);
  };
  await back(beside, "Control+z");
  await soon.equal(() => beside.getByLabel("Status").locator("option:checked").count(), 1);
  await back(beside, "Control+y");
  await soon.equal(() => beside.getByLabel("Status").locator("option:checked").innerText(), "Frozen");
  await soon.equal(() => page.getByText("Frozen").count().then((count) => count > 0), true);
  const dialog = page.getByRole("dialog", { name: "This plan is frozen" });
  await back(page, "Control+z");
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await soon.equal(() => field.inputValue(), "40");
  await back(page, "Control+z");
  await dialog.getByLabel("Why it must change").fill("It was a slip");
  await dialog.getByRole("button", { name: "Change it" }).click();
  await dialog.waitFor({ state: "detached" });
  await soon.equal(() => field.inputValue().then((value) => value !== "40"), true);
  await saved(page);
  await goTo(page, plan, "review");
  await page.locator(".entry").filter({ hasText: "It was a slip" }).waitFor();
});

weft("a file from before a plan was frozen asks why, and the answer is kept", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await addModule(works, plan, "Gear hobbing");
  const back = await sent(works, plan);
  await works.context().close();
  await goTo(page, plan, "data");
  await page.getByLabel("Status").selectOption({ label: "Frozen" });
  await saved(page);
  await received(page, back);
  await met(page).getByText("This plan is frozen").waitFor();
  await met(page).getByRole("button", { name: "Merge" }).click();
  await met(page).getByText("Say why.").waitFor();
  await met(page).getByLabel("Why it must change").fill("A new machine came");
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await goTo(page, plan, "review");
  await page.locator(".entry").filter({ hasText: "A new machine came" }).waitFor();
  // What it let in stands under the reason.
  await versions(page, plan);
  await page.locator(".approval").filter({ hasText: "A new machine came" }).getByText("Gear hobbing").first().waitFor();
});

weft("a link into a frozen plan asks why, and the answer is kept", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  const works = await device(watch);
  await open(works, await link(page, plan));
  await arrived(works);
  const there = works.url().replace(/\/overview.*/, "");
  await addModule(works, there, "Gear hobbing");
  const back = await link(works, there);
  await goTo(page, plan, "data");
  await page.getByLabel("Status").selectOption({ label: "Frozen" });
  await saved(page);
  await open(page, back);
  await met(page).getByRole("row", { name: /Modules 1 new/ }).waitFor();
  await met(page).getByText("This plan is frozen").waitFor();
  await accessible(page, "a link into a frozen plan");
  await picture(page, "met-frozen");
  await met(page).getByRole("button", { name: "Merge" }).click();
  await met(page).getByText("Say why.").waitFor();
  await met(page).getByLabel("Why it must change").fill("A new machine came");
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await goTo(page, plan, "review");
  await page.locator(".entry").filter({ hasText: "A new machine came" }).waitFor();
  await versions(page, plan);
  await page.locator(".approval").filter({ hasText: "A new machine came" }).getByText("Gear hobbing").first().waitFor();
  await goTo(page, plan, "data");
  await soon.equal(() => page.getByLabel("Status").locator("option:checked").innerText(), "Frozen");
});

weft("a version goes out, is signed and comes back by links alone, and an edit on the way is shown", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await named(page, plan, "For the committee");
  await signed(page);
  const hash = await version(page).locator("code").innerText();
  const out = await link(page, plan);

  const works = await device(watch);
  await open(works, out);
  await arrived(works);
  await introduce(works, "Ding Hui", WORKS);
  const there = works.url().replace(/\/overview.*/, "");
  await versions(works, there);
  await version(works).getByText("School 1 of 1").waitFor();
  await soon.equal(() => version(works).locator("code").innerText(), hash);
  await signed(works);
  await version(works).getByText("Valid", { exact: true }).waitFor();
  const back = await link(works, there);

  // What was signed is no longer what is there, and nothing leads back to it.
  await addModule(works, there, "Gear hobbing");
  await versions(works, there);
  await version(works).getByText("This copy does not hold the version").waitFor();
  // On paper neither: nobody is accused, and who signed is still told.
  await goTo(works, there, "print");
  await works.getByRole("radio", { name: "Signature sheet" }).click();
  await works.locator(".paper-facts").getByText("This copy does not hold the version").waitFor();
  await works.locator(".paper-signatures").getByText("Lin Jing").waitFor();

  await open(page, back);
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await versions(page, plan);
  await version(page).getByText("Valid", { exact: true }).waitFor();
  await soon.equal(() => version(page).locator(".signature").count(), 2);
});

weft("a signature of which a word was changed counts for nothing, and says so", async ({ page }) => {
  const plan = await openPlan(page, schoolsOwn());
  await introduce(page, "Lin Jing", SCHOOL);
  await named(page, plan, "For the committee");
  await signed(page);
  await version(page).getByText("School 1 of 1").waitFor();
  const { bytes } = await exported(page);
  const changed = JSON.parse(bytes);
  changed.signatures[0].name = "Somebody Else";
  const third = await device();
  await versions(third, await openPlan(third, changed));
  await version(third).getByText("does not verify").waitFor();
  await version(third).getByText("School 0 of 1").waitFor();
  await soon.equal(() => version(third).getByText("Valid", { exact: true }).count(), 0);
});

weft("a history that was rewritten below a signed version is exposed, and nobody signs it", async ({ page, watch }) => {
  const plan = `${url}#/plan/${await put(page, url, "rewritten")}`;
  const exposed = async (page) => {
    await versions(page, plan);
    await version(page).getByText("Altered: the history does not match the hash").waitFor();
    // Both keys did sign, but not this.
    await version(page).getByText("School 0 of 1").waitFor();
    await version(page).getByText("Enterprise 0 of 1").waitFor();
    await soon.equal(() => version(page).getByText(/^signed with the key/).count(), 2);
    await version(page).getByRole("button", { name: "Sign", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Sign this version" });
    await dialog.getByRole("button", { name: "Sign", exact: true }).click();
    await dialog.getByText("It cannot be signed.").waitFor();
    await page.keyboard.press("Escape");
    await goTo(page, plan, "print");
    await page.getByRole("radio", { name: "Signature sheet" }).click();
    await page.locator(".paper-facts").getByText("Altered: the history does not match the hash").waitFor();
  };
  await goTo(page, plan, "overview");
  await introduce(page, "Lin Jing", "Linjiang College");
  await exposed(page);

  // Whoever gets the file sees the same.
  const office = await device(watch);
  await received(office, await sent(page, plan));
  await arrived(office);
  await introduce(office, "Zhou Min", "Haiheng Machinery");
  await exposed(office);
});
