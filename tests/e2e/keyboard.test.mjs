// The whole round with the keyboard alone: a plan is built, woven and given out.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { open, weft } from "./support/browser.mjs";
import { go, press, tab, tabTo } from "./support/keyboard.mjs";
import { device, met, received, arrived, introduce, saved, sent } from "./support/partners.mjs";
import { goTo, openPlan } from "./support/plans.mjs";
import { SCHOOL, WORKS, schoolsOwn } from "./support/single.mjs";
import { soon } from "./support/soon.mjs";

const typing = (page, nth) => page.locator(`.outline .line:nth-child(${nth}) .line-words input:focus`).waitFor();

weft("a plan is built, woven and exported with the keyboard alone", async ({ page }) => {
  await open(page);
  await page.locator(".home-title").waitFor();
  await tabTo(page, "New plan", () => document.activeElement?.textContent?.trim() === "New plan");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#\/plan\/[^/]+\/overview/);

  // The job: a role, a task, a competency.
  await go(page, "Jobs");
  await tabTo(page, "the first role", () => document.activeElement?.textContent?.trim() === "First job role");
  await page.keyboard.press("Enter");
  await typing(page, 1);
  await page.keyboard.type("Operator");
  await page.keyboard.press("Enter");
  await typing(page, 2);
  await page.keyboard.press("Tab");
  await page.locator(".line.is-task .line-words input:focus").waitFor();
  await page.keyboard.type("Turning");
  await page.keyboard.press("Enter");
  await typing(page, 3);
  for (const tier of ["content", "competency"]) {
    await page.keyboard.press("Tab");
    await page.locator(`.line.is-${tier} .line-words input:focus`).waitFor();
  }
  await page.keyboard.type("Clamp");

  // What is taught.
  await go(page, "New module");
  await page.waitForURL(/\/modules\/[^/]+$/);
  await page.locator(".panel").waitFor();
  await tabTo(page, "the title of the module", () => document.activeElement?.closest(".item-title") !== null);
  await page.keyboard.type("Machining");

  // The weave between them.
  await go(page, "Weave");
  await page.locator("[role=rowheader]").first().waitFor();
  await tabTo(page, "the grid", () => document.activeElement?.getAttribute("role") === "grid");
  await page.keyboard.press("m");
  await page.locator(".topbar .save-state.good").waitFor();

  // And out.
  await go(page, "Export");
  await page.locator(".export-list").waitFor();
  await tabTo(page, "the format", () => document.activeElement?.dataset.way === "weft_json");
  await page.keyboard.press("Enter");
  await page.locator(".export-lines").waitFor();
  await tabTo(page, "the file", () => document.activeElement?.textContent?.trim() === "Download Weft JSON");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  const plan = JSON.parse(readFileSync(await download.path(), "utf8"));
  const lines = plan.job_items.map((line) => [line.tier, line.statement.en]);
  assert.deepEqual(lines, [["role", "Operator"], ["task", "Turning"], ["competency", "Clamp"]]);
  assert.deepEqual(plan.modules.map((module) => module.title.en), ["Machining"]);
  assert.deepEqual(plan.links.map((link) => link.level), [3]);
});

weft("a file that came back is merged, what clashes and what is proposed decided, and a version signed with the keyboard alone", async ({ page, watch }) => {
  // What the enterprise did, on a device of its own.
  const plan = await openPlan(page, schoolsOwn());
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui", WORKS);
  const hours = async (page, code, value) => {
    await goTo(page, plan, "modules");
    await page.locator(".module-card", { has: page.locator(`.card-code:text-is("${code}")`) }).click();
    const field = page.locator(".panel").getByLabel("Hours").first();
    await field.fill(value);
    await field.press("Enter");
    await saved(page);
  };
  await hours(works, "ZJ01", "120");
  await goTo(works, plan, "data");
  await works.getByLabel("Year of intake").fill("2027");
  await works.getByLabel("Year of intake").press("Enter");
  await saved(works);
  const back = await sent(works, plan);
  await works.context().close();

  // The school's part, without a pointer: who they are.
  await open(page, plan.replace(/#.*/, "#/"));
  await goTo(page, plan, "data");
  await press(page, "You");
  await page.getByRole("dialog").waitFor();
  await press(page, "Name", null);
  await page.keyboard.type("Lin Jing");
  await press(page, "In this plan I speak for", null);
  await page.keyboard.type(SCHOOL.slice(0, 12));
  await press(page, "Save");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await press(page, "Year of intake", null);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("2028");
  await page.keyboard.press("Enter");
  await saved(page);

  // The file.
  await go(page, "All plans");
  await page.locator(".home-title").waitFor();
  const chooser = page.waitForEvent("filechooser");
  await press(page, "Open a file");
  await (await chooser).setFiles({ name: "back.weft", mimeType: "application/octet-stream", buffer: back });
  await met(page).waitFor();
  await press(page, "Merge");
  await arrived(page);

  // What was changed on both sides, and what is proposed.
  await go(page, "Review");
  await tab(page, "At the same time");
  await press(page, "Take this one");
  await page.getByText("Nothing to decide").waitFor();
  await tab(page, "Proposals");
  await press(page, "Accept");
  await page.locator(".proposal").getByText("Accepted").waitFor();
  await tab(page, "Versions and signatures");
  await press(page, "Name this version");
  await page.getByRole("dialog").waitFor();
  await press(page, "Name", null);
  await page.keyboard.type("For the committee");
  await press(page, "Save version");
  await page.locator(".version").waitFor();
  await press(page, "Sign");
  await page.getByRole("dialog").waitFor();
  await press(page, "Sign");
  await page.locator(".version").getByText("School 1 of 1").waitFor();
  await soon.equal(() => page.locator(".version .signature").count(), 1);
});
