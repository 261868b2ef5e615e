// The plan as a yjs document: modules with their texts and units, the outline,
// the weave as a map from "module:competency" to a level, comments.

import * as Y from "yjs";

export const name = "yjs";

/** Nothing to wait for. */
export async function ready() {}

const text = (words) => new Y.Text(words);

const map = (fields) => {
  const made = new Y.Map();
  for (const [key, value] of Object.entries(fields)) made.set(key, value);
  return made;
};

/** The plan's bytes: one update that holds everything. */
export function encode({ modules, outline, links, comments }) {
  const doc = new Y.Doc();
  doc.transact(() => {
    const items = doc.getMap("modules");
    modules.forEach((module, order) => {
      const units = Y.Array.from(module.units.map((unit) => map(unit)));
      const { code, title, description } = module;
      items.set(module.id, map({ order, code, title: text(title), description: text(description), units }));
    });
    const lines = doc.getMap("outline");
    outline.forEach(({ id, code, tier, statement }, order) => {
      lines.set(id, map({ order, code, tier, statement: text(statement) }));
    });
    const weave = doc.getMap("weave");
    for (const [module, competency, level] of links) weave.set(`${module}:${competency}`, level);
    doc.getArray("comments").push(comments);
  });
  return Y.encodeStateAsUpdate(doc);
}

/** The document, and what a grid needs of it. */
export function decode(bytes) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, bytes);
  const inOrder = (items) => [...items].sort(([, a], [, b]) => a.get("order") - b.get("order"));
  const modules = inOrder(doc.getMap("modules").entries());
  const lines = inOrder(doc.getMap("outline").entries()).filter(([, line]) => line.get("tier") === "competency");
  const rows = modules.map(([, module]) => ({ code: module.get("code"), title: module.get("title").toString() }));
  const cols = lines.map(([, line]) => ({ code: line.get("code"), title: line.get("statement").toString() }));
  const rowOf = new Map(modules.map(([id], row) => [id, row]));
  const colOf = new Map(lines.map(([id], col) => [id, col]));
  const cells = [];
  for (const [key, level] of doc.getMap("weave").entries()) {
    const [module, competency] = key.split(":");
    cells.push([rowOf.get(module), colOf.get(competency), level]);
  }
  return { doc, rows, cols, cells };
}

/** What a partner with this copy did, as one update. */
export function partner(base, operations) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, base);
  const known = Y.encodeStateVector(doc);
  const items = doc.getMap("modules");
  const weave = doc.getMap("weave");
  for (const { kind, module, competency, level, at, insert, code } of operations) {
    if (kind === "level") weave.set(`${module}:${competency}`, level);
    else if (kind === "text") items.get(module).get("description").insert(at, insert);
    else items.get(module).set("code", code);
  }
  return Y.encodeStateAsUpdate(doc, known);
}

export const size = (update) => update.byteLength;

/** Takes in what all partners did. */
export function take(doc, updates) {
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
  return doc;
}

export const links = (doc) => doc.getMap("weave").size;
