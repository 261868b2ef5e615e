// A plan of job roles alone, one line an edit: what the tests of keeping write and
// read again.

import { goTo, openPlan } from "./plans.mjs";

const empty = {
  format: "weft-plan",
  version: 1,
  about: { title: { en: "Kept" }, languages: ["en", "zh-CN"] },
};

const words = (page) => page.locator(".outline .line .line-words input");
/** Until everything is shown as saved. */
export const saved = (page) => page.locator(".topbar .save-state.good").waitFor();
/** Until so many lines stand on the page. */
export const bySize = (page, n) =>
  page.waitForFunction((n) => document.querySelectorAll(".outline .line").length === n, n);

/** Opens a new plan and begins its first role; gives the plan's address. */
export async function blank(page) {
  const plan = await openPlan(page, empty);
  await goTo(page, plan, "jobs");
  await page.getByRole("button", { name: "First job role" }).click();
  await bySize(page, 1);
  return plan;
}

/** Types into the line at hand and goes on to the next. */
export async function role(page, text) {
  const before = await words(page).count();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await bySize(page, before + 1);
}

/** What the lines say, those without words left out. */
export async function told(page) {
  const all = await words(page).evaluateAll((lines) => lines.map((line) => line.value));
  return all.filter(Boolean).sort();
}
