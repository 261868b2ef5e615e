// Versions of a plan: named, and signed on the page of a device.

import { goTo } from "./plans.mjs";

/** Shows the versions of a plan. */
export async function versions(page, plan) {
  await goTo(page, plan, "review");
  await page.getByRole("tab", { name: "Versions and signatures" }).click();
}

/** Names the plan as it reads now; gives the short hash of the version. */
export async function named(page, plan, name) {
  await versions(page, plan);
  await page.getByRole("button", { name: "Name this version" }).click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Save version" }).click();
  return page.locator(".version").filter({ hasText: name }).locator("code").innerText();
}

/** Signs the only version for the party that the person speaks for. */
export async function signed(page) {
  await page.locator(".version").getByRole("button", { name: "Sign", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign", exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}
