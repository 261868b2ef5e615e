// What partners settle with each other, with the keyboard alone: keys compared and kept,
// a proposal answered with another value and one refused, stages, a version signed by key
// and on paper, a frozen plan, a new intake, a code from a picture, the plan as it was.

import { readFileSync } from "node:fs";
import { open, url, weft } from "./support/browser.mjs";
import { go, hours, press, tab, tabTo } from "./support/keyboard.mjs";
import { arrived, device, introduce, link, received, saved, sent } from "./support/partners.mjs";
import { goTo, openPlan } from "./support/plans.mjs";
import { SCHOOL, WORKS, schoolsOwn } from "./support/single.mjs";
import { soon } from "./support/soon.mjs";

const who = (page) => page.getByRole("dialog", { name: "Who you are" });

/** A tab of Review. */
async function review(page, name) {
  await go(page, "Review");
  await tab(page, name);
}

/** The school's plan, made and introduced. */
async function school(page) {
  const plan = await openPlan(page, schoolsOwn());
  await introduce(page, "Lin Jing", SCHOOL);
  await goTo(page, plan, "overview");
  return plan;
}

weft("a key is kept as a file, brought back, and a partner's compared, with the keyboard alone", async ({ page, watch }) => {
  const plan = await school(page);
  const file = await sent(page, plan);
  await press(page, "Lin Jing");
  await who(page).waitFor();
  const mine = await who(page).locator(".fingerprint-words").first().innerText();
  await press(page, "Passphrase for the key file", null);
  await page.keyboard.type("warp and weft");
  const coming = page.waitForEvent("download");
  await press(page, "Save key as a file");
  const key = readFileSync(await (await coming).path());
  await press(page, "Save");
  await who(page).waitFor({ state: "detached" });

  const other = await device(watch);
  await open(other, `${url}#/`);
  await press(other, "You");
  await who(other).waitFor();
  await press(other, "Passphrase for the key file", null);
  await other.keyboard.type("warp and weft");
  const chooser = other.waitForEvent("filechooser");
  await press(other, "Load key from a file");
  await (await chooser).setFiles({ name: "key.json", mimeType: "application/json", buffer: key });
  await who(other).getByText("This key is yours on this device once you save").waitFor();
  await soon.equal(() => who(other).locator(".fingerprint-words").first().innerText(), mine);
  await press(other, "Save");
  await other.locator(".rail-item").filter({ hasText: "Lin Jing" }).waitFor();
  await other.context().close();

  const works = await device(watch);
  await received(works, file);
  await arrived(works);
  await introduce(works, "Ding Hui", WORKS);
  await review(works, "Partners");
  const row = works.locator(".partner").filter({ hasText: "Lin Jing" });
  await soon.equal(() => row.locator(".fingerprint-words").first().innerText(), mine);
  await press(works, "I have compared this key", "Space");
  await soon.equal(() => row.getByLabel("I have compared this key").isChecked(), true);
});

weft("a proposal is answered with another value and one is refused with a reason, with the keyboard alone", async ({ page, watch }) => {
  const plan = await school(page);
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui", WORKS);
  await hours(works, "SJ01", "33");
  await hours(works, "ZJ01", "44");
  await received(page, await sent(works, plan));
  await page.getByRole("dialog").waitFor();
  await press(page, "Merge");
  await arrived(page);
  await review(page, "Proposals");
  const proposal = (code) => page.locator(".proposal").filter({ hasText: code });
  await proposal("SJ01").waitFor();
  const first = (await page.locator(".proposal").first().innerText()).includes("SJ01") ? "SJ01" : "ZJ01";
  const second = first === "SJ01" ? "ZJ01" : "SJ01";
  await press(page, "Counter");
  await page.getByRole("dialog").waitFor();
  await page.locator("dialog input:focus").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("36");
  await press(page, "Counter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByText(`Waits for ${WORKS}`).waitFor();
  await proposal(first).getByText("Countered").waitFor();
  await press(page, "Reject");
  await page.getByRole("dialog").waitFor();
  await page.locator("dialog :is(input, textarea):focus").waitFor();
  await page.keyboard.type("Not this year.");
  await press(page, "Reject");
  await proposal(second).getByText("Rejected").waitFor();
  await proposal(second).getByText("Not this year.").waitFor();
  await saved(page);
});

weft("a stage is set, a version is signed at it by key and on paper, with the keyboard alone", async ({ page }) => {
  await school(page);
  await go(page, "Plan data");
  await tabTo(page, "the list of stages", () => document.activeElement?.classList.contains("data-link") && document.activeElement.textContent.includes("Signing stages"));
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Signing stage", exact: true }).first().waitFor();
  await press(page, "Signing stage");
  await page.locator(".panel :is(input, textarea):focus").waitFor();
  await page.keyboard.type("Works council");
  await page.keyboard.press("Enter");
  for (const [label, count] of [["Schools that sign", "1"], ["Enterprises that sign", "1"]]) {
    await press(page, label, null);
    await page.keyboard.press("Control+a");
    await page.keyboard.type(count);
    await page.keyboard.press("Enter");
  }
  await saved(page);

  await review(page, "Versions and signatures");
  await press(page, "Name this version");
  await page.getByRole("dialog").waitFor();
  await press(page, "Name", null);
  await page.keyboard.type("For the council");
  await press(page, "Save version");
  const stage = page.locator(".stage").filter({ hasText: "Works council" });
  await stage.getByText("School 0 of 1").waitFor();
  await press(page, "Sign");
  await page.getByRole("dialog").waitFor();
  await press(page, "Stage", null);
  await page.keyboard.type("Works");
  await press(page, "Sign");
  await stage.getByText("School 1 of 1").waitFor();
  await press(page, "Signed on paper");
  await page.getByRole("dialog").waitFor();
  await press(page, "Who signed", null);
  await page.keyboard.type("Ding Hui");
  await press(page, "For which partner", null);
  await page.keyboard.type("Haiheng");
  await press(page, "Stage", null);
  await page.keyboard.type("Works");
  const chooser = page.waitForEvent("filechooser");
  await press(page, "Take the hash of a scan");
  await (await chooser).setFiles({ name: "scan.pdf", mimeType: "application/pdf", buffer: Buffer.from("abc") });
  await page.getByText("scan.pdf: ba7816bf8f01…").waitFor();
  await press(page, "Note it");
  await stage.getByText("Enterprise 1 of 1").waitFor();
});

weft("a frozen plan is changed with a reason, and goes back as a whole, with the keyboard alone", async ({ page }) => {
  await school(page);
  await go(page, "Plan data");
  await press(page, "Status", null);
  await page.keyboard.type("Frozen");
  await soon.equal(() => page.getByLabel("Status").locator("option:checked").innerText(), "Frozen");
  await saved(page);
  const dialog = page.getByRole("dialog", { name: "This plan is frozen" });
  await hours(page, "ZJ01", "40", false);
  await dialog.waitFor();
  await press(page, "Why it must change", null);
  await page.keyboard.type("The workshop moved");
  await press(page, "Change it");
  await dialog.waitFor({ state: "detached" });
  await saved(page);
  await press(page, "Done changing");
  await page.locator(".banner").filter({ hasText: "You are changing a frozen plan" }).waitFor({ state: "detached" });

  await review(page, "History");
  await page.locator(".entry").nth(1).waitFor();
  await press(page, "What has changed since then", "Enter", 1);
  await press(page, "Bring the whole plan back to then");
  await dialog.waitFor();
  await press(page, "Why it must change", null);
  await page.keyboard.type("It moved back");
  await press(page, "Change it");
  await page.getByText("Both read the same").waitFor();
});

weft("a new intake is made and gives the reason for what differs, with the keyboard alone", async ({ page }) => {
  const plan = await school(page);
  await review(page, "Versions and signatures");
  await press(page, "New intake from this plan");
  await page.getByRole("dialog").waitFor();
  await press(page, /^Title of the new plan \(English\)/, null);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("CNC, next intake");
  await press(page, "Make the new plan");
  await page.waitForURL((at) => at.href.includes("/overview") && !at.href.startsWith(plan));
  await page.getByText("CNC, next intake").first().waitFor();
  await hours(page, "ZJ01", "120");
  await review(page, "Revision");
  const line = page.locator(".revision").filter({ hasText: "ZJ01" });
  await line.waitFor();
  await tabTo(page, "its reason", () => document.activeElement?.closest(".revision")?.textContent.includes("ZJ01") && ["INPUT", "TEXTAREA"].includes(document.activeElement.tagName));
  await page.keyboard.type("The new drawings take longer");
  await page.keyboard.press("Tab");
  await saved(page);
  await soon.equal(() => line.getByLabel("Reason").inputValue(), "The new drawings take longer");
});

weft("a code is read from a picture with the keyboard alone", async ({ page, watch }) => {
  const small = { format: "weft-plan", version: 1, about: { title: { en: "Turning" } }, modules: [{ title: { en: "Lathes" }, code: "M1" }] };
  const plan = await openPlan(page, small);
  await link(page, plan);
  const shot = await page.locator(".link-code").screenshot();
  const other = await device(watch);
  await open(other, `${url}#/`);
  await press(other, "Read a code");
  const chooser = other.waitForEvent("filechooser");
  await press(other, "Choose a picture…");
  await (await chooser).setFiles({ name: "code.png", mimeType: "image/png", buffer: shot });
  await arrived(other);
  await other.getByText("Turning").first().waitFor();
});
