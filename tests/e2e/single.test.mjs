// A plan as one HTML file: made on a host, opened from the disk without it, and
// what is done in it comes back like any other file.

import assert from "node:assert/strict";
import { open, picture, ready, screens, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { arrived, introduce, met, received, sent } from "./support/partners.mjs";
import { NAME, WORKS, enterprise, made, onDisk, savedFile, school, state, takenIn } from "./support/single.mjs";
import { soon } from "./support/soon.mjs";

const card = (page, code) => page.locator(".module-card", { has: page.locator(`.card-code:text-is("${code}")`) });
const go = (page, name) => page.evaluate((name) => (location.hash = location.hash.replace(/[^/]+$/, name)), name);

async function addModule(page, title) {
  await go(page, "modules");
  await page.getByRole("button", { name: /^Add module/ }).first().click();
  await page.locator(".panel .item-title textarea:focus").waitFor();
  await page.keyboard.type(title);
  await page.keyboard.press("Enter");
  await page.locator(".board").getByText(title).first().waitFor();
}

weft("an enterprise with nothing but the file reads, comments, proposes, edits and saves, and the school takes it in", async ({ page, watch }) => {
  const plan = await school(page);
  const html = await made(page, plan);
  console.log(`the file weighs ${(html.length / 1e6).toFixed(2)} MB`);
  await picture(page, "single-export");
  await accessible(page, "export with the one file");
  const address = onDisk(html);
  const { page: works, context, asked } = await enterprise(watch, address);
  await state(works, "As in this file");
  assert.match(works.url(), /^file:.*#\/plan\/[0-9a-z]+\/overview$/);
  await works.locator(".figures").getByText("2,688", { exact: true }).waitFor();
  await soon.equal(() => works.getByRole("button", { name: "Save file" }).count(), 0, "nothing is unsaved yet");
  await picture(works, "single-opened");
  await accessible(works, "a plan in one file");

  await introduce(works, NAME, WORKS);
  await go(works, "modules");
  await card(works, "ZJ01").click();
  const hours = works.locator(".panel").getByLabel("Hours").first();
  await hours.fill("120");
  await hours.press("Enter");
  await works.locator(".toast").getByText("Proposed to").first().waitFor();
  await works.locator(".panel").getByRole("tab", { name: /^Comments/ }).click();
  const talk = works.locator(".panel .talk");
  await talk.getByRole("button", { name: "Comment", exact: true }).click();
  await talk.locator("textarea:focus").fill("Too few hours for the new drawings.");
  await talk.getByRole("button", { name: "Send" }).click();
  await talk.locator(".comment").filter({ hasText: "Too few hours" }).waitFor();
  await addModule(works, "Gear hobbing");
  await state(works, "Not saved in this file yet");
  await picture(works, "single-unsaved");
  await accessible(works, "unsaved work in one file");
  const back = await savedFile(works);
  assert.deepEqual(asked.filter((url) => url !== address && !url.startsWith("blob:")), [], "nothing was fetched");

  // What was saved is a file like the first one, and does not need it.
  const again = await enterprise(watch, onDisk(back, "again.html"));
  await again.page.locator(".topbar-name").waitFor();
  await go(again.page, "modules");
  await again.page.getByText("Gear hobbing").first().waitFor();
  await state(again.page, "As in this file");
  await addModule(again.page, "Honing");
  const third = await savedFile(again.page);
  assert.ok(Math.abs(third.length - back.length) < 50_000, "the program in it is the same");
  // A plan without the editor goes out of it as well.
  const file = await sent(again.page, again.page.url().replace(/\/modules.*/, ""));
  assert.equal(file.subarray(1, 5).toString(), "WEFT");
  await again.context.close();

  await takenIn(page, plan, back);
  await context.close();
});

weft("closing a file with unsaved work asks, and the file itself stays as it was", async ({ page, watch }) => {
  const html = await made(page, await school(page));
  const address = onDisk(html);
  const { page: works, context } = await enterprise(watch, address);
  await addModule(works, "Gear hobbing");
  await state(works, "Not saved in this file yet");
  const asked = works.waitForEvent("dialog");
  const closing = works.close({ runBeforeUnload: true });
  const dialog = await asked;
  assert.equal(dialog.type(), "beforeunload");
  await dialog.dismiss();
  await closing;
  await works.getByRole("button", { name: "Save file" }).waitFor();
  // Another file with the same plan, and the same file anew, know nothing of it.
  for (const other of [onDisk(html, "other.html"), address]) {
    const beside = await context.newPage();
    watch(beside);
    await beside.goto(other);
    await ready(beside);
    await beside.locator(".overview").waitFor();
    await go(beside, "modules");
    await beside.locator(".board").getByText("Engineering Drawing and CAD").first().waitFor();
    await state(beside, "As in this file");
    await soon.equal(() => beside.getByText("Gear hobbing").count(), 0);
    await beside.close();
  }
  await works.getByText("Gear hobbing").first().waitFor();
  // By the keyboard alone.
  const coming = works.waitForEvent("download");
  await works.keyboard.press("Control+s");
  await works.getByRole("dialog").getByRole("button", { name: "Go on without" }).click();
  await coming;
  await state(works, "Saved in the new file");
  await context.close();
});

weft("a file takes in what a partner has sent of the same plan, and no other plan", async ({ page, watch }) => {
  const plan = await school(page);
  const html = await made(page, plan);
  await addModule(page, "Broaching");
  const weftFile = await sent(page, plan);
  const { page: works, context } = await enterprise(watch, onDisk(html));
  await go(works, "import");
  const choose = async (name, buffer) => {
    const chooser = works.waitForEvent("filechooser");
    await works.getByRole("button", { name: "Choose files" }).click();
    await (await chooser).setFiles({ name, mimeType: "application/octet-stream", buffer });
  };
  await choose("plan.weft", weftFile);
  await met(works).getByRole("row", { name: /Modules 1 new/ }).waitFor();
  await soon.equal(() => met(works).getByRole("button", { name: "Open as a separate copy" }).count(), 0);
  await met(works).getByRole("button", { name: "Merge" }).click();
  await works.getByText("The changes are taken in.").waitFor();
  await go(works, "modules");
  await works.getByText("Broaching").first().waitFor();
  await state(works, "Not saved in this file yet");
  await open(page);
  await page.getByRole("button", { name: "New plan" }).first().click();
  await arrived(page);
  const stranger = await sent(page, page.url().replace(/\/overview.*/, ""));
  await go(works, "import");
  await choose("stranger.weft", stranger);
  await works.locator(".banner").filter({ hasText: "This file holds one plan" }).waitFor();
  await context.close();
});

weft("a page that was changed on the way, holds two plans or none is refused, one of an older program is not", async ({ page }) => {
  const plan = await school(page);
  const html = (await made(page, plan)).toString();
  const [before, inside, behind] = html.match(/^([\s\S]*?id="weft-plan">)([^<]+)([\s\S]*)$/).slice(1);
  const middle = inside.length >> 1;
  const flipped = inside.slice(0, middle) + (inside[middle] === "A" ? "B" : "A") + inside.slice(middle + 1);
  const block = '<script type="application/x-weft" id="weft-plan">';
  for (const [body, words] of [
    [before + flipped + behind, "This file is damaged"],
    [before + inside.slice(0, middle), "This file breaks off too early"],
    [`${html}${block}${inside}</script>`, "more than one plan"],
    ["<!doctype html><title>Weft</title><p>Hello", "holds no Weft plan"],
  ]) {
    await received(page, Buffer.from(body), "plan.html");
    await page.locator(".banner").filter({ hasText: words }).waitFor();
  }
  const older = `<!doctype html><script>document.title = "ran"</script>${block}\n${inside}\n</script>`;
  await received(page, Buffer.from(older), "older.html");
  await page.getByText("It holds nothing new.").waitFor();
  assert.notEqual(await page.title(), "ran");
});

weft("the editor in a damaged file says so and points to what may still be read", async ({ context, allow, page }) => {
  allow(/Weft could not start|could not start/);
  const html = (await made(page, await school(page))).toString();
  const spoilt = html.replace(/(data-name="weft_bg\.wasm">.{4000}).{400}/, (all, kept) => kept + "A".repeat(400));
  const broken = await context.newPage();
  await broken.goto(onDisk(spoilt, "broken.html"));
  await broken.getByText("This file is not whole").waitFor();
  await broken.getByText("此文件不完整").waitFor();
});

weft("on a phone the file opens, and what is unsaved is saved from the bar", async ({ page, watch }) => {
  const html = await made(page, await school(page));
  const { page: works, context } = await enterprise(watch, onDisk(html), {
    viewport: screens.phone,
    hasTouch: true,
    isMobile: true,
    locale: "zh-CN",
  });
  await picture(works, "single-phone");
  await go(works, "modules");
  await card(works, "ZJ01").click();
  await works.locator(".panel").getByRole("tab", { name: /^评论/ }).click();
  const talk = works.locator(".panel .talk");
  await talk.getByRole("button", { name: "发表评论", exact: true }).click();
  await talk.locator("textarea:focus").fill("学时不足。");
  await talk.getByRole("button", { name: "发送" }).click();
  // It matters now for the first time who they are; they are not asked again.
  await works.getByRole("dialog").getByRole("button", { name: "不填写，继续" }).click();
  await talk.locator(".comment").filter({ hasText: "学时不足" }).waitFor();
  await go(works, "overview");
  const button = works.getByRole("button", { name: "保存文件" });
  await button.waitFor();
  await picture(works, "single-phone-unsaved");
  await accessible(works, "unsaved work in one file on a phone");
  const coming = works.waitForEvent("download");
  await button.click();
  assert.match((await coming).suggestedFilename(), /\.html$/);
  await context.close();
});
