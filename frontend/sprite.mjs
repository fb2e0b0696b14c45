// One SVG with the icons that templates and Python name, and no other.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

const SKIPPED = new Set(["node_modules", "static", "staticfiles", "tests", "var", "docs", "locale", "frontend"]);
const TAG = /\{%.*?%\}/gs;
const DRAWN = /^\{% icon ["']([a-z0-9-]+)["']/; // must exist
const QUOTED = /["']([a-z][a-z0-9-]*)["']/g; // may be an icon: an argument, a workflow's table, a navigation list

async function* sources(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".") || SKIPPED.has(entry.name)) continue;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(file);
    else if (/\.(html|py)$/.test(entry.name)) yield file;
  }
}

/** The sprite as text. Throws when a template names an icon that the package does not have. */
export async function sprite(root, icons) {
  const known = new Set((await readdir(icons)).map((name) => path.basename(name, ".svg")));
  const used = new Set();
  for await (const file of sources(root)) {
    const text = await readFile(file, "utf8");
    const tags = text.match(TAG) ?? [];
    const missing = tags.map((tag) => tag.match(DRAWN)?.[1]).find((name) => name && !known.has(name));
    if (missing) throw new Error(`${file}: no icon is called "${missing}"`);
    for (const [, name] of (file.endsWith(".py") ? text : tags.join("")).matchAll(QUOTED)) {
      if (known.has(name)) used.add(name);
    }
  }
  const symbols = [...used].sort().map((name) => symbol(name, icons));
  return `<svg xmlns="http://www.w3.org/2000/svg">${(await Promise.all(symbols)).join("")}</svg>`;
}

async function symbol(name, icons) {
  const svg = await readFile(path.join(icons, `${name}.svg`), "utf8");
  const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s+/g, " ").trim()}</symbol>`;
}
