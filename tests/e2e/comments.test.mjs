// Comments: written beside a module and a cell, read and settled by the partner.

import assert from "node:assert/strict";
import { picture, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { arrived, device, introduce, met, received, saved, sent } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";

const SCHOOL = "Linjiang Vocational and Technical College (invented)";
const card = (page, code) => page.locator(".module-card", { has: page.locator(`.card-code:text-is("${code}")`) });
const review = (page) => page.locator(".rail-item").filter({ hasText: "Review" });

/** Writes a comment in the panel that is open. */
async function say(page, words) {
  const tab = page.locator(".panel").getByRole("tab", { name: /^Comments/ });
  if (await tab.count()) await tab.click();
  const talk = page.locator(".panel .talk");
  await talk.getByRole("button", { name: "Comment", exact: true }).click();
  await talk.locator("textarea:focus").fill(words);
  await talk.getByRole("button", { name: "Send" }).click();
  await talk.locator(".comment").filter({ hasText: words }).waitFor();
  await saved(page);
}

weft("a partner's comments arrive unread, are answered and settled, and the answer comes back", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await goTo(page, plan, "modules");
  await card(page, "ZJ01").click();
  await say(page, "Is this enough for the new drawings?");
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui");
  await review(works).getByText("1", { exact: true }).waitFor();
  await goTo(works, plan, "modules");
  await card(works, "ZJ01").click();
  await works.locator(".panel").getByRole("tab", { name: /^Comments/ }).click();
  const thread = works.locator(".panel .thread");
  await thread.getByText("new", { exact: true }).waitFor();
  await review(works).locator(".rail-count").waitFor({ state: "detached" });
  await thread.getByRole("button", { name: "Reply" }).click();
  await works.locator(".composer").getByRole("button", { name: "Mention" }).click();
  await works.getByRole("menuitem", { name: "Lin Jing" }).click();
  await works.locator(".composer textarea").press("End");
  await works.locator(".composer textarea").pressSequentially("96 hours are too few.");
  await works.locator(".composer").getByRole("button", { name: "Send" }).click();
  await thread.getByText("@Lin Jing 96 hours are too few.").waitFor();
  await accessible(works, "a thread in a panel");
  await picture(works, "comments-panel");
  await goTo(works, plan, "weave");
  await works.locator("[role=rowheader]").first().waitFor();
  await works.getByRole("grid").focus();
  await works.keyboard.press("Control+Home");
  await works.keyboard.press("F2");
  await works.locator(".panel").waitFor();
  await say(works, "We practise this on the line.");

  await received(page, await sent(works, plan));
  await met(page).getByRole("row", { name: /Comments 2 new/ }).waitFor();
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await review(page).getByText("2", { exact: true }).waitFor();
  await goTo(page, plan, "review");
  await page.getByRole("tab", { name: /Comments/ }).click();
  await page.locator(".comment-words.is-mention").filter({ hasText: "too few" }).waitFor();
  await page.locator(".all-thread").filter({ hasText: "×" }).getByText("We practise this on the line.").waitFor();
  await review(page).locator(".rail-count").waitFor({ state: "detached" });
  await accessible(page, "comments");
  await picture(page, "review-comments");
  await page.locator(".all-thread").filter({ hasText: "ZJ01" }).getByRole("button", { name: "Settled" }).click();
  await page.locator(".all-thread").filter({ hasText: "too few" }).waitFor({ state: "detached" });
  await page.getByRole("radio", { name: "All" }).click();
  await page.getByRole("button", { name: "Settled thread" }).click();
  await page.getByText("@Lin Jing 96 hours are too few.").waitFor();
  await page.reload();
  await page.getByRole("tab", { name: /Comments/ }).click();
  assert.equal(await page.locator(".comment-new").count(), 0, "what was read stays read");
  await works.context().close();
});
