// What partners exchange, on a phone and in Chinese: the screens that the other tests
// see in English and at a desk.

import assert from "node:assert/strict";
import { screens, weft } from "./support/browser.mjs";
import { accessibleInBothThemes } from "./support/axe.mjs";
import { wayOut } from "./support/files.mjs";
import { hours } from "./support/modules.mjs";
import { addModule, arrived, device, met, received, sent } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";


/** What is seen holds the rules, and nothing sticks out of the screen. */
async function seen(page, what) {
  await accessibleInBothThemes(page, what, `phone-zh-${what}`);
  const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= screen, `${what} is ${wide} px wide on ${screen}`);
}

weft("what partners exchange is seen whole on a phone, in Chinese, light and dark", { locale: "zh-CN", viewport: screens.phone }, async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await hours(works, plan, "ZJ01", "120");
  await addModule(works, plan, "Gear hobbing");
  await hours(page, plan, "ZJ01", "40");
  await received(page, await sent(works, plan));
  await works.context().close();
  await met(page).locator("summary").click();
  await seen(page, "met");
  await met(page).getByRole("button", { name: "合并" }).click();
  await arrived(page);
  await goTo(page, plan, "review");
  for (const [tab, name] of [["同时改动", "together"], ["历史", "history"], ["提议", "proposals"], ["评论", "comments"], ["合作方", "partners"], ["版本与签署", "versions"]]) {
    await page.getByRole("tab", { name: new RegExp(tab) }).click();
    if (name === "together") await page.locator(".clash").first().waitFor();
    await seen(page, name);
  }
  await page.getByRole("button", { name: "命名当前版本" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("input").first().waitFor();
  await seen(page, "name");
  await dialog.locator("input").first().fill("送审稿");
  await page.keyboard.press("Enter");
  await page.locator(".version").getByText("送审稿").waitFor();
  await page.locator(".version").getByRole("button", { name: "签署", exact: true }).click();
  await dialog.locator(".sign-covers").waitFor();
  await seen(page, "sign");
  await page.keyboard.press("Escape");
  await goTo(page, plan, "export");
  for (const way of ["history", "single", "folder", "link"]) {
    await wayOut(page, way);
    await seen(page, `out-${way}`);
    await page.getByRole("button", { name: "所有格式" }).click();
  }
});
