// What experts say: alone on a phone with the plan of a school, sent back and read
// there; and around a table, typed by a recorder, with median and spread.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { anyDevice, picture, screens, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { exported } from "./support/files.mjs";
import { arrived, device, introduce, met, received, saved, sent } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";

const SCHOOL = "Linjiang Vocational and Technical College (invented)";
const WORKS = "Haiheng Precision Machinery Co., Ltd. (invented)";
const TASK = "Machine parts by CNC turning";
const phone = { viewport: screens.phone, locale: "en-GB", hasTouch: true, isMobile: true, reducedMotion: "reduce" };

/** The example, with its outline the school's. */
function plan() {
  const plan = example();
  for (const line of plan.job_items) if (line.tier === "role") line.owner = plan.parties[0].id;
  return plan;
}

const head = (page) => page.locator(".walk-name");
const three = (page) => page.locator(".walk-card .answer .three");
const shown = (page, name) => head(page).filter({ hasText: name }).waitFor();
const chosen = (page, name) => three(page).locator("[aria-pressed=true]").filter({ hasText: name }).waitFor();

/** Every button that a thumb must hit is large enough. */
async function touchable(page) {
  const small = await page.locator(".walk :is(button, summary, select, textarea, a)").evaluateAll((all) =>
    all
      .filter((it) => it.checkVisibility() && it.getBoundingClientRect().height < 44)
      .map((it) => `${it.className}: ${it.getBoundingClientRect().height}`),
  );
  assert.deepEqual(small, [], "44 px for a thumb");
}

/** The page is no wider than the screen. */
async function fits(page, what) {
  const over = await page.evaluate(() => document.querySelector(".page-place").scrollWidth - innerWidth);
  assert.ok(over <= 0, `${what} is ${over} px too wide`);
}

weft("one answer is enough for an expert to be known by name", async ({ page, watch }) => {
  const school = await openPlan(page, plan());
  await introduce(page, "Lin Jing", SCHOOL);
  const works = await device(watch);
  await received(works, await sent(page, school));
  await arrived(works);
  await works.locator(".invitation").getByRole("link", { name: "Look at the tasks" }).click();
  await three(works).getByRole("button", { name: "Right" }).click();
  const dialog = works.getByRole("dialog", { name: "Who you are" });
  await dialog.getByLabel("Name", { exact: true }).fill("Ding Hui");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await saved(works);
  await received(page, await sent(works, school));
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await goTo(page, school, "review");
  await page.getByRole("tab", { name: /^Experts/ }).click();
  await page.getByRole("tabpanel").getByText("Ding Hui").first().waitFor();
});

weft("an expert on a phone goes through the cards and sends back; the school sees verdicts, comments and proposals", async ({ page, watch }) => {
  const school = await openPlan(page, plan());
  await introduce(page, "Lin Jing", SCHOOL);
  const file = await sent(page, school);
  const { page: works } = await anyDevice(phone, watch);
  await received(works, file);
  await arrived(works);
  await works.locator(".invitation").getByRole("link", { name: "Look at the tasks" }).tap();
  await shown(works, "Read drawings and prepare production");
  await works.getByText("12 tasks, one card each.").waitFor();
  await accessible(works, "the first card");
  await touchable(works);
  await fits(works, "a card");
  await picture(works, "experts-phone-first");

  // The first answer asks for the name; then it is there.
  await three(works).getByRole("button", { name: "Right" }).tap();
  const dialog = works.getByRole("dialog", { name: "Who you are" });
  await dialog.getByLabel("Name", { exact: true }).fill("Zhao Tiejun");
  await dialog.getByLabel("In this plan I speak for").selectOption({ label: WORKS });
  await dialog.getByRole("button", { name: "Save", exact: true }).tap();
  await chosen(works, "Right");
  await works.locator(".walk-progress").and(works.getByRole("img", { name: "1 of 12 tasks looked at" })).waitFor();
  await works.getByText(`${WORKS}`).first().waitFor();

  // On by touch, judged by the keyboard.
  await works.getByRole("button", { name: "Next task" }).tap();
  await shown(works, TASK);
  await works.locator(".walk-name:focus").waitFor();
  await works.keyboard.press("3");
  await chosen(works, "Missing");
  await works.getByLabel("What is missing?").fill("Everybody sets offsets alone from week two.");
  await works.getByLabel("What is missing?").blur();
  await works.getByText("Suggest a competency that is missing").tap();
  await works.getByLabel("Somebody in this job can …").fill("Set up a bar feeder");
  await works.getByRole("button", { name: "Propose", exact: true }).tap();
  await works.locator(".suggested").filter({ hasText: "Set up a bar feeder" }).waitFor();
  await accessible(works, "an answered card");
  await touchable(works);
  await picture(works, "experts-phone-answered");
  await saved(works);

  await head(works).focus();
  await works.keyboard.press("ArrowRight");
  await shown(works, "Machine parts by CNC milling");
  await works.keyboard.press("2");
  await chosen(works, "Outdated");
  await works.getByText("Suggest other words").tap();
  await works.getByLabel("As it should read").fill("Mill parts on three and five axes");
  await works.getByRole("button", { name: "Propose", exact: true }).tap();
  await works.locator(".suggested").filter({ hasText: "three and five axes" }).waitFor();
  // Another verdict takes the place of the first, and undo brings that back.
  await head(works).focus();
  await works.keyboard.press("1");
  await chosen(works, "Right");
  await works.keyboard.press("Control+z");
  await chosen(works, "Outdated");
  await saved(works);

  // Left and opened again: it goes on at the first task that is open.
  const at = works.url().replace(/\/review.*/, "");
  await goTo(works, at, "overview");
  await works.locator(".invitation").getByText("3 of 12 tasks looked at").waitFor();
  await works.locator(".invitation").getByRole("link", { name: "Look at the tasks" }).tap();
  await shown(works, "Check and maintain CNC machines");
  await works.locator(".walk-row-button").last().tap();
  await shown(works, "Your answers");
  await works.getByLabel("The missing task").fill("Load machines by robot");
  await works.getByRole("button", { name: "Propose", exact: true }).tap();
  await works.locator(".suggested").filter({ hasText: "robot" }).waitFor();
  await accessible(works, "the end");
  await picture(works, "experts-phone-end");
  await saved(works);
  const coming = works.waitForEvent("download");
  await works.getByRole("button", { name: "Send back" }).tap();
  const back = await (await coming).path();
  await works.getByText("is in your downloads").waitFor();

  await received(page, readFileSync(back));
  await met(page).getByRole("row", { name: /Verdicts 3 new/ }).waitFor();
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await goTo(page, school, "review/experts");
  const row = page.locator(".opinion").filter({ hasText: TASK });
  await row.getByText("1 Missing").waitFor();
  await row.getByText("Zhao Tiejun").waitFor();
  await row.getByText("Everybody sets offsets alone from week two.").waitFor();
  await row.getByText("confirmed", { exact: true }).waitFor();
  await page.locator(".expert").filter({ hasText: "Zhao Tiejun" }).getByText("3 of 12 tasks looked at").waitFor();
  await accessible(page, "what experts say");
  await picture(page, "experts-school");
  await page.getByRole("tab", { name: /Comments/ }).click();
  await page.locator(".all-thread").filter({ hasText: TASK }).getByText("Everybody sets offsets").waitFor();
  await page.getByRole("tab", { name: /Proposals 3/ }).click();
  const added = page.locator(".proposal").filter({ hasText: "Set up a bar feeder" });
  await added.getByText("New: Competency below").waitFor();
  await picture(page, "experts-proposals");
  await added.getByRole("button", { name: "Accept" }).click();
  await page.locator(".proposal.is-settled").waitFor();
  await page.locator(".proposal").filter({ hasText: "three and five axes" }).getByRole("button", { name: "Accept" }).click();
  await page.locator(".proposal.is-settled").nth(1).waitFor();
  const { bytes } = await exported(page);
  const words = JSON.parse(bytes).job_items.map((line) => line.statement.en);
  assert.ok(words.includes("Set up a bar feeder"), "the competency is there");
  assert.ok(words.includes("Mill parts on three and five axes"), "and the words");
  assert.ok(!words.includes("Load machines by robot"), "what is not accepted is not");
});

weft("a recorder types for three experts, who each confirm once; median and spread show", async ({ page }) => {
  const school = await openPlan(page, plan());
  await introduce(page, "Lin Jing", SCHOOL);
  await goTo(page, school, "review/workshop");
  await shown(page, "Read drawings and prepare production");
  const join = async (person, name, role) => {
    await page.getByRole("button", { name: "Add an expert" }).click();
    const dialog = page.getByRole("dialog", { name: "Who joins?" });
    if (person) {
      const choice = dialog.getByLabel("One of the plan's people");
      const label = await choice.locator("option").filter({ hasText: person }).textContent();
      await choice.selectOption({ label });
    } else {
      await dialog.getByLabel("Name", { exact: true }).fill(name);
      await dialog.getByLabel("What they do").fill(role);
      await dialog.getByLabel("Party").selectOption({ label: WORKS });
    }
    await dialog.getByRole("button", { name: "Add an expert" }).click();
    await page.locator(".round-row").filter({ hasText: person ?? name }).waitFor();
  };
  await join("Ding Hui");
  await join(undefined, "Zhao Tiejun", "Team leader turning");
  await join(undefined, "Sun Li", "Quality");
  const row = (name) => page.locator("tbody .round-row").filter({ hasText: name });
  const rates = { "Ding Hui": ["Right", "5", "4", "2"], "Zhao Tiejun": ["Missing", "4", "4", "3"], "Sun Li": ["Right", "2", "3", ""] };
  for (const [name, [word, ...grades]] of Object.entries(rates)) {
    await row(name).getByRole("button", { name: word, exact: true }).click();
    for (const [at, field] of ["Importance", "Frequency", "Difficulty"].entries()) {
      if (grades[at]) await page.getByLabel(`${field}, ${name}`).selectOption(grades[at]);
    }
  }
  const sums = page.locator(".round-sums");
  await sums.getByText("4 (2–5)").waitFor();
  await sums.getByText("4 (3–4)").waitFor();
  await sums.getByText("2.5 (2–3)").waitFor();
  await sums.getByText("2 Right").waitFor();
  await page.getByLabel("In a sentence, Zhao Tiejun").fill("Bar feeders are missing.");
  await page.getByLabel("In a sentence, Zhao Tiejun").blur();
  await row("Zhao Tiejun").getByText("1 to confirm").waitFor();
  await accessible(page, "a round");
  await fits(page, "a round");
  await picture(page, "experts-round");
  const confirm = async (name) => {
    await row(name).getByRole("button", { name: "Read and confirm" }).click();
    const dialog = page.getByRole("dialog", { name: `${name}, is this what you said?` });
    await dialog.locator(".confirm-row").waitFor();
    await accessible(page, "the confirmation");
    await picture(page, "experts-confirm");
    await dialog.getByRole("button", { name: "Yes, that is what I said" }).click();
    await row(name).getByText("confirmed", { exact: true }).waitFor();
  };
  for (const name of Object.keys(rates)) await confirm(name);
  // What changes afterwards is no longer what was said.
  await page.getByLabel("Importance, Sun Li").selectOption("3");
  await row("Sun Li").getByText("1 to confirm").waitFor();
  await sums.getByText("4 (3–5)").waitFor();
  await page.locator(".walk-title").click();
  await page.keyboard.press("Control+z");
  await row("Sun Li").getByText("confirmed", { exact: true }).waitFor();

  // What somebody proposes at the table is theirs, and the school may decide it.
  await page.getByText("Note a proposal of somebody").click();
  await page.getByLabel("Who proposes it").selectOption({ label: "Zhao Tiejun" });
  await page.getByText("Suggest a competency that is missing").click();
  await page.getByLabel("Somebody in this job can …").fill("Set up a bar feeder");
  await page.getByRole("button", { name: "Propose", exact: true }).click();
  await saved(page);
  await goTo(page, school, "review/experts");
  const opinion = page.locator(".opinion").filter({ hasText: "Read drawings" });
  await opinion.getByText("4 (2–5)").waitFor();
  await picture(page, "experts-results");
  await page.getByRole("button", { name: "Take the medians over" }).click();
  await page.getByRole("button", { name: "Take the medians over" }).waitFor({ state: "detached" });
  await page.getByRole("tab", { name: "Comments" }).click();
  await page.getByText("Zhao Tiejun, typed by").first().waitFor();
  await page.getByRole("tab", { name: /Proposals/ }).click();
  const card = page.locator(".proposal").filter({ hasText: "bar feeder" });
  await card.getByText("Zhao Tiejun, typed by").waitFor();
  await card.getByRole("button", { name: "Accept" }).waitFor();
  await opinionInPanel(page, school);
});

/** The panel of the task on the page Jobs tells the same. */
async function opinionInPanel(page, school) {
  await goTo(page, school, "jobs");
  const task = example().job_items.find((line) => line.statement.en === "Read drawings and prepare production");
  await goTo(page, school, `jobs/${task.id}`);
  const section = page.locator(".panel-section").filter({ hasText: "What experts say" });
  await section.getByText("2 Right, 1 Missing").waitFor();
  await section.getByText("4 (2–5)").waitFor();
  await accessible(page, "the panel of a task");
  await picture(page, "experts-panel");
}

for (const [lang, theme] of [["en-GB", "light"], ["zh-CN", "dark"], ["zh-CN", "light"]]) {
  for (const [size, viewport] of Object.entries(screens)) {
    const options = { locale: lang, colorScheme: theme, viewport, ...(size === "phone" ? { hasTouch: true, isMobile: true } : {}) };
    weft(`cards and a round hold rules of accessibility: ${size}, ${lang}, ${theme}`, options, async ({ page }) => {
      const at = await openPlan(page, judgedPlan());
      for (const place of ["review/tasks", "review/workshop", "review/experts"]) {
        await goTo(page, at, place);
        await page.locator(place === "review/experts" ? ".opinion" : ".walk-card").first().waitFor();
        await accessible(page, place);
        await fits(page, place);
        await picture(page, `experts-${place.split("/")[1]}-${size}-${lang}-${theme}`);
      }
    });
  }
}

const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const WORD = (1n << 64n) - 1n;
const read = (uid) => [...uid].reduce((number, letter) => (number << 5n) | BigInt(LETTERS.indexOf(letter)), 0n);
const write = (number) => Array.from({ length: 13 }, (_, at) => LETTERS[Number((number >> BigInt(5 * (12 - at))) & 31n)]).join("");

/** The uid of the verdict of an expert on a task, as docs/formats/document.md says. */
function verdictUid(task, expert) {
  const mix = (bits) => {
    bits = ((bits ^ (bits >> 30n)) * 0xbf58476d1ce4e5b9n) & WORD;
    bits = ((bits ^ (bits >> 27n)) * 0x94d049bb133111ebn) & WORD;
    return bits ^ (bits >> 31n);
  };
  const first = mix((read(task) + 0x9e3779b97f4a7c15n) & WORD);
  const half = read(expert);
  return write(mix(first ^ (((half << 32n) | (half >> 32n)) & WORD)));
}

/** The example with what two experts said of some tasks, typed for them. */
function judgedPlan() {
  const it = plan();
  const uid = (n) => `0${String(n).padStart(12, "0")}`;
  it.experts = [
    { id: uid(1), name: { en: "Ding Hui", "zh-CN": "丁辉" }, role: "CNC", party: it.parties[1].id },
    { id: uid(2), name: { en: "Zhao Tiejun", "zh-CN": "赵铁军" }, party: it.parties[1].id },
  ];
  const tasks = it.job_items.filter((line) => line.tier === "task").slice(0, 3);
  it.verdicts = [];
  it.comments = [];
  for (const [at, task] of tasks.entries()) {
    for (const [by, expert] of it.experts.entries()) {
      const id = verdictUid(task.id, expert.id);
      const judgement = ["right", "outdated", "missing"][(at + by) % 3];
      it.verdicts.push({ id, task: task.id, expert: expert.id, judgement, importance: 3 + by, frequency: 5 - at });
      if (judgement !== "right") {
        const body = { en: "We load by robot now and check on the line.", "zh-CN": "现在用机器人上下料，并在线检测。" };
        it.comments.push({ id, anchor: `job_items/${task.id}`, body, expert: expert.id });
      }
    }
  }
  return it;
}
