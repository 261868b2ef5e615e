// Comments: written beside a module and a cell, read and settled by the partner.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { open, picture, url, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { addModule, arrived, device, introduce, met, received, saved, sent } from "./support/partners.mjs";
import { wayOut } from "./support/files.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

const SCHOOL = "Linjiang Vocational and Technical College (invented)";
const card = (page, code) => page.locator(".module-card", { has: page.locator(`.card-code:text-is("${code}")`) });
const here = (page) => page.url().replace(/\/overview.*/, "");
const review = (page) => page.locator(".rail .rail-item").filter({ hasText: "Review" });

/** Writes a comment in the panel that is open. */
async function say(page, words) {
  const tab = page.locator(".panel").getByRole("tab", { name: /^Comments/ });
  const talk = page.locator(".panel .talk");
  const comment = talk.getByRole("button", { name: "Comment", exact: true });
  // Some panels have tabs and others have not; which, shows once the panel stands.
  await tab.or(comment).first().waitFor();
  if (await tab.isVisible()) await tab.click();
  await comment.click();
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
  await works.getByRole("option", { name: "Lin Jing" }).click();
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
  const mention = page.locator(".comment").filter({ hasText: "too few" });
  await mention.getByText("mentions you", { exact: true }).waitFor();
  await soon.equal(() => page.getByText("mentions you", { exact: true }).count(), 1);
  await page.locator(".all-thread").filter({ hasText: "×" }).getByText("We practise this on the line.").waitFor();
  await review(page).locator(".rail-count").waitFor({ state: "detached" });
  await accessible(page, "comments");
  await picture(page, "review-comments");
  await page.getByRole("radio", { name: "Mentions of you" }).click();
  await soon.equal(() => page.locator(".all-thread").count(), 1);
  await mention.waitFor();
  await page.getByRole("radio", { name: "Open" }).click();
  await page.locator(".all-thread").filter({ hasText: "ZJ01" }).getByRole("button", { name: "Settled" }).click();
  await page.locator(".all-thread").filter({ hasText: "too few" }).waitFor({ state: "detached" });
  await page.getByRole("radio", { name: "All" }).click();
  await page.getByRole("button", { name: "Settled thread" }).click();
  await page.getByText("@Lin Jing 96 hours are too few.").waitFor();
  await page.reload();
  await page.getByRole("tab", { name: /Comments/ }).click();
  await soon.equal(() => page.locator(".comment-new").count(), 0, "what was read stays read");
});

weft("who has not written here yet can be mentioned, and learns of it", async ({ page, watch }) => {
  const named = example();
  named.people = [...(named.people ?? []), { id: "0000000000zzz", name: { en: "Ding Hui" } }];
  const plan = await openPlan(page, named);
  await introduce(page, "Lin Jing", SCHOOL);
  await goTo(page, plan, "modules");
  await card(page, "ZJ01").click();
  await page.locator(".panel").getByRole("tab", { name: /^Comments/ }).click();
  await page.locator(".panel").getByRole("button", { name: "Comment", exact: true }).click();
  await page.locator(".composer").getByRole("button", { name: "Mention" }).click();
  await accessible(page, "the names that are offered");
  await picture(page, "comments-names");
  // Where the caret goes elsewhere, nobody is offered and Enter overwrites nothing.
  const words = page.locator(".composer textarea");
  await words.press("Home");
  await page.locator(".composer-names").waitFor({ state: "detached" });
  await words.press("End");
  await page.getByRole("option", { name: "Ding Hui" }).click();
  await soon.equal(() => words.inputValue(), "@Ding Hui ");
  await words.pressSequentially("is it enough?");
  await page.locator(".composer").getByRole("button", { name: "Send" }).click();
  await saved(page);
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui");
  await goTo(works, plan, "review");
  await works.getByRole("tab", { name: /^Comments/ }).click();
  await works.getByRole("radio", { name: "Mentions of you" }).click();
  await works.locator(".comment").filter({ hasText: "is it enough?" }).getByText("mentions you", { exact: true }).waitFor();
});

weft("an answer to a thread that was settled meanwhile is unread until it has been seen", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await goTo(page, plan, "modules");
  await card(page, "ZJ01").click();
  await say(page, "Is this enough?");
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui");
  await goTo(page, plan, "modules");
  await card(page, "ZJ01").click();
  await page.locator(".panel").getByRole("tab", { name: /^Comments/ }).click();
  await page.locator(".panel .thread").getByRole("button", { name: "Settled" }).click();
  await page.getByRole("button", { name: "Settled thread" }).waitFor();
  await saved(page);
  await goTo(works, plan, "modules");
  await card(works, "ZJ01").click();
  await works.locator(".panel").getByRole("tab", { name: /^Comments/ }).click();
  await works.locator(".panel .thread").getByRole("button", { name: "Reply" }).click();
  await works.locator(".composer textarea").fill("No, by far.");
  await works.locator(".composer").getByRole("button", { name: "Send" }).click();
  await works.locator(".panel .thread").getByText("No, by far.").waitFor();
  await saved(works);
  await received(page, await sent(works, plan));
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await review(page).getByText("1", { exact: true }).waitFor();
  await goTo(page, plan, "review");
  await page.getByRole("tab", { name: /Comments/ }).click();
  const answer = page.locator(".all-thread .comment.is-new").filter({ hasText: "No, by far." });
  await answer.waitFor();
  await review(page).locator(".rail-count").waitFor({ state: "detached" });
  await picture(page, "comments-settled-unread");
});

weft("reading a comment keeps how far partners are, and their next file keeps what was read", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui");
  await goTo(works, plan, "modules");
  await card(works, "ZJ01").click();
  await say(works, "96 hours are too few.");
  await received(page, await sent(works, plan));
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await review(page).getByText("1", { exact: true }).waitFor();
  await goTo(page, plan, "review");
  await page.getByRole("tab", { name: /Comments/ }).click();
  await review(page).locator(".rail-count").waitFor({ state: "detached" });
  await page.getByRole("tab", { name: "Partners" }).click();
  const partner = page.locator(".partner").filter({ hasText: "Ding Hui" });
  await partner.getByText(/Has (seen everything|not seen \d+ changes?)/).waitFor();

  await addModule(works, plan, "Grinding to size");
  await received(page, await sent(works, plan));
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await page.reload();
  await page.locator(".topbar .save-state.good").waitFor();
  await soon.equal(() => review(page).locator(".rail-count").count(), 0, "what was read stays read");
});

weft("comments stand in the Weave: at the cell, its row and its column, new ones apart, reached by the keyboard", async ({ page }) => {
  const plan = example();
  const link = plan.links.find((link) => !link.unit);
  const module = plan.modules.find((it) => it.id === link.module);
  const line = plan.job_items.find((it) => it.id === link.competency);
  const said = (id, anchor, words) => ({ id, anchor, body: { en: words }, author: "0000000000xyz", at: 1 });
  plan.comments = [
    said("0000000000aaa", `link/${link.module}:-:${link.competency}`, "Is this practised?"),
    said("0000000000aab", `modules/${link.module}`, "Too many hours?"),
    said("0000000000aac", `job_items/${link.competency}`, "Which machine?"),
  ];
  plan.proposals = [
    { id: "0000000000aad", target: `link ${link.module}:-:${link.competency}`, base: String(link.level ?? 0), proposed: "3", author: "0000000000xyz", at: 2, status: "open" },
  ];
  const address = await openPlan(page, plan);
  await goTo(page, address, "weave");
  const row = page.getByRole("rowheader", { name: new RegExp(`${module.code} .*1 comment, 1 new`) });
  const grid = page.getByRole("grid");
  await page.locator("[role=rowheader]").first().waitFor();
  await grid.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Alt+F8");
  await row.waitFor();
  const cell = page.getByRole("gridcell", { name: /, 1 comment, 1 new, 1 proposal$/ });
  await cell.waitFor();
  const at = await cell.getAttribute("id");
  await page.waitForFunction((at) => document.querySelector("[role=grid]").getAttribute("aria-activedescendant") === at, at);
  await page.getByRole("columnheader", { name: new RegExp(`${line.code} .*1 comment, 1 new`) }).waitFor();
  await accessible(page, "the Weave with comments");
  await picture(page, "weave-comments");
  await page.keyboard.press("Shift+F2");
  await page.locator(".panel .thread button:focus").waitFor();
  await page.locator(".panel .item-proposals").getByText("1 proposal", { exact: true }).waitFor();
  // Shown, the cell's comment is no longer new; the module's, folded, still is.
  await page.locator(`#${at}[aria-label$=", 1 comment, 1 proposal"]`).waitFor();
  await row.waitFor();
  await page.locator(".panel").getByRole("button", { name: /^On the module: 1 comment, 1 new/ }).click();
  await page.locator(".panel").getByText("Too many hours?").waitFor();
  await page.getByRole("rowheader", { name: new RegExp(`${module.code} .*1 comment$`) }).waitFor();
  await picture(page, "weave-comments-panel");
  await goTo(page, address, "modules");
  await card(page, module.code).first().getByRole("img", { name: "1 comment" }).waitFor();
});

weft("on a phone, in Chinese and in the dark, the Weave's list shows what is said", { viewport: { width: 390, height: 844 }, locale: "zh-CN", colorScheme: "dark" }, async ({ page }) => {
  const plan = example();
  const link = plan.links.find((link) => !link.unit);
  plan.comments = [
    { id: "0000000000aaa", anchor: `link/${link.module}:-:${link.competency}`, body: { "zh-CN": "有实训吗？" }, author: "0000000000xyz", at: 1 },
    { id: "0000000000aab", anchor: `modules/${link.module}`, body: { "zh-CN": "课时偏多" }, author: "0000000000xyz", at: 1 },
  ];
  const address = await openPlan(page, plan);
  await goTo(page, address, "weave");
  const module = plan.modules.find((it) => it.id === link.module);
  const line = page.locator(".weave-list-line").filter({ hasText: module.title["zh-CN"] }).first();
  await line.getByRole("img", { name: "1 条评论，1 条未读" }).waitFor();
  assert.equal(await page.locator(".weave-list-head").first().innerText(), "T1 第一学期");
  await line.locator(".weave-list-button").click();
  const cell = line.locator(".weave-list-cell").filter({ has: page.locator(".mark-said.is-unread") });
  await cell.waitFor();
  await accessible(page, "the Weave's list with comments");
  await picture(page, "weave-comments-phone-zh-dark");
  await cell.locator("button").click();
  await page.locator(".panel .comment").filter({ hasText: "有实训吗？" }).waitFor();
});

weft("what belongs to a module has comments and a history of its own, marked at its row and at the module", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  const offering = async (from) => {
    await goTo(from, plan, "modules");
    await card(from, "ZJ01").click();
    return from.locator(".panel .list-row:visible").first();
  };
  let row = await offering(page);
  await row.getByRole("button", { name: "Comments and history" }).click();
  await row.getByRole("button", { name: "Comment", exact: true }).click();
  await row.locator("textarea:focus").fill("Earlier, please.");
  await row.getByRole("button", { name: "Send" }).click();
  await row.locator(".comment").filter({ hasText: "Earlier, please." }).waitFor();
  // The button that sent it is gone: the focus is where one goes on.
  await soon.equal(() => page.evaluate(() => document.activeElement.closest(".talk") !== null), true);
  const field = row.getByLabel("Weeks");
  await field.fill("7");
  await field.press("Enter");
  await saved(page);
  await row.locator(".item-history").getByRole("button", { name: "History" }).click();
  await row.locator(".entry").filter({ hasText: "7" }).first().waitFor();
  await accessible(page, "a row with its comments");
  await picture(page, "row-comments");
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await goTo(works, plan, "modules");
  await card(works, "ZJ01").locator(".marks").waitFor();
  row = await offering(works);
  await row.locator(".marks").waitFor();
});

weft("a plan that is copied, or goes out as Weft JSON, still says who wrote what in it", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await goTo(page, plan, "modules");
  await card(page, "ZJ01").click();
  await say(page, "Is this enough for the new drawings?");
  await goTo(page, plan, "export");
  await wayOut(page, "weft_json");
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download Weft JSON" }).click();
  const json = readFileSync(await (await coming).path());

  await open(page, `${url}#/`);
  const row = page.locator(".home-plans tbody tr");
  await row.first().getByRole("button", { name: /^More about/ }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await row.nth(1).waitFor();
  await row.first().getByRole("link").first().click();
  await arrived(page);
  assert.notEqual(here(page), plan);
  await goTo(page, here(page), "review");
  await page.getByRole("tab", { name: /^Comments/ }).click();
  await page.locator(".thread").getByText("Lin Jing").first().waitFor();

  // Where nobody has ever heard of her.
  const other = await device(watch);
  await received(other, json, "plan.json");
  await arrived(other);
  await goTo(other, here(other), "review");
  await other.getByRole("tab", { name: /^Comments/ }).click();
  await other.locator(".thread").getByText("Lin Jing").first().waitFor();
});
