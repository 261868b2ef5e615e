// Modules on the board, and their panel.

import { saved } from "./partners.mjs";
import { goTo } from "./plans.mjs";

/** The card of a module. */
export const card = (page, code) => page.locator(".module-card", { has: page.locator(`.card-code:text-is("${code}")`) });

/** Types the hours of a module into its panel, whatever comes of it. */
export async function typeHours(page, plan, module, value) {
  await goTo(page, plan, "modules");
  await card(page, module).click();
  const field = page.locator(".panel").getByLabel(/^(Hours|学时)$/).first();
  await field.fill(value);
  await field.press("Enter");
}

/** Sets the hours of a module, and waits until the device has everything. */
export async function hours(page, plan, module, value) {
  await typeHours(page, plan, module, value);
  await saved(page);
}
