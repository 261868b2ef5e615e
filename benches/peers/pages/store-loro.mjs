// The plan as a Loro document, laid out as in store-yjs.mjs.

import init, { LoroDoc, LoroList, LoroMap, LoroText } from "loro-crdt/web";
import wasm from "loro-crdt/web/loro_wasm_bg.wasm";

export const name = "loro";

/** Loads the WebAssembly program. */
export async function ready() {
  await init({ module_or_path: new URL(wasm, import.meta.url) });
}

function fill(map, fields, texts) {
  for (const [key, value] of Object.entries(fields)) map.set(key, value);
  for (const [key, words] of Object.entries(texts)) map.setContainer(key, new LoroText()).insert(0, words);
  return map;
}

/** The plan's bytes: a snapshot. */
export function encode({ modules, outline, links, comments }) {
  const doc = new LoroDoc();
  const items = doc.getMap("modules");
  modules.forEach((module, order) => {
    const { code, title, description } = module;
    const item = fill(items.setContainer(module.id, new LoroMap()), { order, code }, { title, description });
    const units = item.setContainer("units", new LoroList());
    for (const unit of module.units) fill(units.pushContainer(new LoroMap()), unit, {});
  });
  const lines = doc.getMap("outline");
  outline.forEach(({ id, code, tier, statement }, order) => {
    fill(lines.setContainer(id, new LoroMap()), { order, code, tier }, { statement });
  });
  const weave = doc.getMap("weave");
  for (const [module, competency, level] of links) weave.set(`${module}:${competency}`, level);
  const said = doc.getList("comments");
  for (const comment of comments) said.push(comment);
  doc.commit();
  return doc.export({ mode: "snapshot" });
}

/** The document, and what a grid needs of it. One `toJSON` for each part: calls
 * into WebAssembly for each item would be slower. */
export function decode(bytes) {
  const doc = new LoroDoc();
  doc.import(bytes);
  const inOrder = (items) => Object.entries(items).sort(([, a], [, b]) => a.order - b.order);
  const modules = inOrder(doc.getMap("modules").toJSON());
  const lines = inOrder(doc.getMap("outline").toJSON()).filter(([, line]) => line.tier === "competency");
  const rows = modules.map(([, { code, title }]) => ({ code, title }));
  const cols = lines.map(([, { code, statement }]) => ({ code, title: statement }));
  const rowOf = new Map(modules.map(([id], row) => [id, row]));
  const colOf = new Map(lines.map(([id], col) => [id, col]));
  const cells = Object.entries(doc.getMap("weave").toJSON()).map(([key, level]) => {
    const [module, competency] = key.split(":");
    return [rowOf.get(module), colOf.get(competency), level];
  });
  return { doc, rows, cols, cells };
}

/** What a partner with this copy did, as one update. */
export function partner(base, operations) {
  const doc = new LoroDoc();
  doc.import(base);
  const known = doc.oplogVersion();
  const items = doc.getMap("modules");
  const weave = doc.getMap("weave");
  for (const { kind, module, competency, level, at, insert, code } of operations) {
    if (kind === "level") weave.set(`${module}:${competency}`, level);
    else if (kind === "text") items.get(module).get("description").insert(at, insert);
    else items.get(module).set("code", code);
    doc.commit();
  }
  return doc.export({ mode: "update", from: known });
}

export const size = (update) => update.byteLength;

/** Takes in what all partners did. */
export function take(doc, updates) {
  doc.importBatch(updates);
  return doc;
}

export const links = (doc) => doc.getMap("weave").size;
