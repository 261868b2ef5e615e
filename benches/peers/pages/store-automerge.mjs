// The plan as an Automerge document, laid out as in store-yjs.mjs. For merging only.

import * as Automerge from "@automerge/automerge/slim";
import { automergeWasmBase64 } from "@automerge/automerge/automerge.wasm.base64";

export const name = "automerge";

/** Loads the WebAssembly program. */
export const ready = () => Automerge.initializeBase64Wasm(automergeWasmBase64);

/** The plan's bytes: one saved document. Texts are texts there by themselves. */
export function encode({ modules, outline, links, comments }) {
  const byId = (list, make) => Object.fromEntries(list.map((one, order) => [one.id, make(one, order)]));
  const doc = Automerge.from({
    modules: byId(modules, ({ code, title, description, units }, order) => ({ order, code, title, description, units })),
    outline: byId(outline, ({ code, tier, statement }, order) => ({ order, code, tier, statement })),
    weave: Object.fromEntries(links.map(([module, competency, level]) => [`${module}:${competency}`, level])),
    comments,
  });
  return Automerge.save(doc);
}

/** The document. */
export const decode = (bytes) => ({ doc: Automerge.load(bytes) });

/** What a partner with this copy did, as a list of changes. */
export function partner(base, operations) {
  const before = Automerge.load(base);
  let doc = Automerge.clone(before);
  for (const { kind, module, competency, level, at, insert, code } of operations) {
    doc = Automerge.change(doc, (plan) => {
      if (kind === "level") plan.weave[`${module}:${competency}`] = level;
      else if (kind === "text") Automerge.splice(plan, ["modules", module, "description"], at, 0, insert);
      else plan.modules[module].code = code;
    });
  }
  return Automerge.getChanges(before, doc);
}

export const size = (changes) => changes.reduce((sum, change) => sum + change.byteLength, 0);

/** Takes in what all partners did. */
export const take = (doc, updates) => Automerge.applyChanges(doc, updates.flat())[0];

export const links = (doc) => Object.keys(doc.weave).length;
