// Bundles the peers' pages into a folder, and gives them the plans as plain JSON:
//   node benches/peers/build.mjs PLANS-FOLDER OUT-FOLDER
// PLANS-FOLDER holds what `cargo run -p weft-exchange --example large` has written.

import { build } from "esbuild";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [plans, out] = process.argv.slice(2);
if (!out) throw new Error("node benches/peers/build.mjs PLANS-FOLDER OUT-FOLDER");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const page = (script, style) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${script}</title>
${style ? `<link rel="stylesheet" href="./${script}.css">` : ""}
<link rel="stylesheet" href="./page.css">
</head>
<body><div id="grid"></div>
<script>window.EXCALIDRAW_ASSET_PATH = "./";</script>
<script type="module" src="./${script}.js"></script></body>
</html>
`;

const entries = { excalidraw: here("pages/excalidraw.mjs") };
const made = here("pages/.made");
rmSync(made, { recursive: true, force: true });
mkdirSync(made);
for (const store of ["yjs", "loro"]) {
  for (const grid of ["ag", "xds"]) {
    const name = `${store}-${grid}`;
    entries[name] = join(made, `${name}.mjs`);
    writeFileSync(
      entries[name],
      `import * as store from "../store-${store}.mjs";
import * as grid from "../grid-${grid}.mjs";
import { run } from "../page.mjs";
run(store, grid);
`,
    );
  }
}

for (const store of ["yjs", "loro", "automerge"]) {
  const name = `merge-${store}`;
  entries[name] = join(made, `${name}.mjs`);
  writeFileSync(
    entries[name],
    `import * as store from "../store-${store}.mjs";
import { run } from "../merge.mjs";
run(store);
`,
  );
}

for (const library of ["sheetjs", "exceljs"]) {
  const name = `book-${library}`;
  entries[name] = join(made, `${name}.mjs`);
  writeFileSync(
    entries[name],
    `import * as book from "../book-${library}.mjs";
import { run } from "../book.mjs";
run(book);
`,
  );
}

// Each page by itself: what one peer loads must not depend on another.
for (const [name, entry] of Object.entries(entries)) {
  const { metafile } = await build({
    entryPoints: { [name]: entry },
    outdir: out,
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    conditions: ["production"],
    define: { "process.env.NODE_ENV": '"production"', "process.env.IS_PREACT": '"false"' },
    loader: { ".wasm": "file", ".less": "empty", ".svg": "file", ".woff2": "file", ".ttf": "file" },
    chunkNames: `${name}-[hash]`,
    assetNames: `${name}-[hash]`,
    metafile: true,
    logLevel: "error",
  });
  const styled = Object.keys(metafile.outputs).some((file) => file.endsWith(`/${name}.css`));
  writeFileSync(join(out, `${name}.html`), page(name, styled));
}
rmSync(made, { recursive: true, force: true });
writeFileSync(join(out, "page.css"), "html, body, #grid { width: 100%; height: 100%; margin: 0; overflow: hidden }\n");
cpSync(here("node_modules/@excalidraw/excalidraw/dist/prod/fonts"), join(out, "fonts"), { recursive: true });
for (const name of ["large", "dense", "full", "whole"]) {
  const plan = JSON.parse(readFileSync(join(plans, `${name}.json`), "utf8"));
  writeFileSync(join(out, `content-${name}.json`), JSON.stringify(content(plan)));
}
cpSync(join(plans, "partners.json"), join(out, "partners.json"));

/** What Weft's file holds of modules, outline, weave and comments, for the peers. */
function content(plan) {
  const english = (text) => text?.en ?? "";
  const units = new Map(plan.modules.map(({ id }) => [id, []]));
  for (const unit of plan.units ?? []) units.get(unit.module)?.push(unit);
  return {
    modules: plan.modules.map(({ id, code, title, description }) => ({
      id,
      code,
      title: english(title),
      description: english(description),
      units: units.get(id).map(({ title, hours }) => ({ title: english(title), hours })),
    })),
    outline: plan.job_items.map(({ id, code, tier, statement }) => ({ id, code, tier, statement: english(statement) })),
    links: plan.links.map(({ module, competency, level }) => [module, competency, level ?? 4]),
    comments: (plan.comments ?? []).map(({ body, author, at }) => ({ body: english(body), author, at })),
  };
}
