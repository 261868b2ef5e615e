// What partners do with each other, with the keyboard alone: a plan goes out by every
// way, comments are written and settled, a round of experts is typed, states compared.

import { readFileSync } from "node:fs";
import { open, weft } from "./support/browser.mjs";
import { drive, files } from "./support/drive.mjs";
import { chosen, go, hours, moduleOf, press, tab, tabTo } from "./support/keyboard.mjs";
import { arrived, device, introduce, met, received, saved } from "./support/partners.mjs";
import { goTo, openPlan } from "./support/plans.mjs";
import { SCHOOL, WORKS, schoolsOwn } from "./support/single.mjs";
import { soon } from "./support/soon.mjs";

/** A way out on the page Export. */
async function way(page, id) {
  await go(page, "Export");
  await page.locator(".export-list").waitFor();
  await tabTo(page, id, (id) => document.activeElement?.dataset.way === id, id);
  await page.keyboard.press("Enter");
}

weft("a plan goes out by file, by link and over a folder, and what comes back is merged, with the keyboard alone", async ({ page, context, watch }) => {
  await drive(context);
  const plan = await openPlan(page, schoolsOwn());
  await introduce(page, "Lin Jing", SCHOOL);

  await way(page, "history");
  const coming = page.waitForEvent("download");
  await press(page, "Download Weft file");
  const works = await device(watch);
  await received(works, readFileSync(await (await coming).path()));
  await arrived(works);
  await introduce(works, "Ding Hui", WORKS);

  await hours(works, "SJ01", "33");
  await way(works, "link");
  await press(works, "Make link");
  await works.locator(".link-text").waitFor();
  const made = await works.locator(".link-text").inputValue();
  await open(page, made);
  await met(page).waitFor();
  await press(page, "Merge");
  await page.getByText("The changes are taken in.").first().waitFor();
  await arrived(page);
  await moduleOf(page, "SJ01");
  await press(page, "Accept");
  await page.locator(".panel .proposal").waitFor({ state: "detached" });
  await soon.equal(() => page.locator(".panel").getByLabel("Hours").first().inputValue(), "33");

  await way(page, "folder");
  await press(page, "Choose a folder…");
  await page.getByText("is followed").waitFor();
  await soon.equal(async () => Object.keys(await files(page)).length, 1);
  await press(page, "Stop sharing");
  await page.getByRole("button", { name: "Choose a folder…" }).waitFor();
});

weft("a comment is written, answered, settled and found again with the keyboard alone", async ({ page }) => {
  const plan = await openPlan(page, schoolsOwn());
  await introduce(page, "Lin Jing", SCHOOL);
  await goTo(page, plan, "overview");
  await moduleOf(page, "ZJ01");
  await tab(page, "Comments", ".panel");
  await press(page, "Comment");
  await page.locator(".talk textarea:focus").waitFor();
  await page.keyboard.type("Is this enough?");
  await page.keyboard.press("Control+Enter");
  await page.locator(".panel .comment").filter({ hasText: "Is this enough?" }).waitFor();
  await press(page, "Reply");
  await page.locator(".talk textarea:focus").waitFor();
  await page.keyboard.type("It is, @di");
  await page.getByRole("option", { name: "Ding Hui" }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type("says.");
  await press(page, "Send");
  await page.locator(".panel .comment").filter({ hasText: "It is, @Ding Hui says." }).waitFor();
  await saved(page);
  await go(page, "Review");
  await tab(page, "Comments");
  await page.locator(".all-thread").waitFor();
  await press(page, "Settled");
  await page.locator(".all-thread").waitFor({ state: "detached" });
  await chosen(page, "All");
  await press(page, "Settled thread");
  await page.getByText("It is, @Ding Hui says.").waitFor();
});

weft("a recorder types for an expert, who confirms, with the keyboard alone", async ({ page }) => {
  const plan = await openPlan(page, schoolsOwn());
  await introduce(page, "Lin Jing", SCHOOL);
  await goTo(page, plan, "overview");
  await go(page, "Review");
  await tab(page, "Experts");
  await press(page, "Workshop");
  await page.getByText("Add the experts around the table").waitFor();
  await press(page, "Add an expert");
  await page.getByRole("dialog", { name: "Who joins?" }).waitFor();
  await press(page, "Name", null);
  await page.keyboard.type("Zhao Tiejun");
  await press(page, "Party", null);
  await page.keyboard.type(WORKS.slice(0, 12));
  await press(page, "Add an expert");
  const row = page.locator("tbody .round-row").filter({ hasText: "Zhao Tiejun" });
  await row.waitFor();
  await press(page, "Outdated");
  await press(page, "Importance, Zhao Tiejun", null);
  await page.keyboard.type("4");
  await press(page, "In a sentence, Zhao Tiejun", null);
  await page.keyboard.type("We load by robot.");
  await press(page, "Read and confirm");
  await page.getByRole("dialog", { name: "Zhao Tiejun, is this what you said?" }).getByText("We load by robot.").waitFor();
  await press(page, "Yes, that is what I said");
  await row.getByText("confirmed", { exact: true }).waitFor();
  await page.locator(".round-sums").getByText("1 Outdated").waitFor();
});

weft("two states stand side by side, and one item goes back, with the keyboard alone", async ({ page }) => {
  const plan = await openPlan(page, schoolsOwn());
  await introduce(page, "Lin Jing", SCHOOL);
  await goTo(page, plan, "overview");
  await hours(page, "ZJ01", "40");
  await hours(page, "ZJ02", "12");
  await go(page, "Review");
  await tab(page, "History");
  await page.locator(".entry").nth(2).waitFor();
  await press(page, "What has changed since then", "Enter", 2);
  await page.getByText("2 differences").waitFor();
  await press(page, "To", null);
  await page.keyboard.type("ZJ01");
  await page.getByRole("option").filter({ hasText: "ZJ01" }).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByText("1 difference", { exact: true }).waitFor();
  await press(page, "To", null);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Now");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByText("2 differences").waitFor();
  await press(page, "Bring back to then");
  await page.getByText("1 difference", { exact: true }).waitFor();
  await saved(page);
  await press(page, "Timeline");
  await page.locator(".entry").nth(3).waitFor();
});
