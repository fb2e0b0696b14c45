// Builds static/build/ from frontend/ and the locked packages. Run: node frontend/build.mjs
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import * as sass from "sass";
import { sprite } from "./sprite.mjs";

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");
const packages = path.join(root, "node_modules");
const done = path.join(root, "static/build");
const out = path.join(packages, `.build-${process.pid}`); // moved into place when whole, so that nobody meets half of it
const target = ["chrome109", "firefox121", "safari16"];

const ourCss = {
  name: "our-css",
  setup(builder) {
    builder.onLoad({ filter: /\.scss$/ }, ({ path: file }) => ({
      contents: sass.compile(file, {
        loadPaths: [packages],
        quietDeps: true,
        silenceDeprecations: ["import", "if-function"], // Bootstrap 5 is written with them
      }).css,
      loader: "css",
      resolveDir: path.dirname(file),
    }));
    // Of each face only Latin and its extension, where ğ ş İ ₺ live: no file nobody here reads.
    builder.onLoad({ filter: /@fontsource-variable\/.*\.css$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, "utf8")).match(/@font-face\s*{[^}]*-latin-[^}]*}/g).join("\n"),
      loader: "css",
      resolveDir: path.dirname(file),
    }));
  },
};

// The printed plan takes whole static faces with optical sizes; the split ones are for the screen.
const printFaces = {
  "source-serif/TTF": ["", "SmText", "Caption", "Subhead", "Display"].flatMap((size) =>
    ["Regular", "It", "Semibold", "Bold", "Light", "LightIt"].map((weight) => `SourceSerif4${size}-${weight}.ttf`),
  ),
  "source-sans/TTF": ["Regular", "It", "Semibold", "Bold"].map((weight) => `SourceSans3-${weight}.ttf`),
};

async function copyPrintFaces() {
  const folder = path.join(out, "print-fonts");
  await mkdir(folder);
  for (const [from, files] of Object.entries(printFaces)) {
    await Promise.all(files.map((file) => cp(path.join(packages, from, file), path.join(folder, file))));
  }
}

async function bundle(entryPoints, options = {}) {
  await build({
    entryPoints: entryPoints.map((file) => path.join(root, "frontend", file)),
    outdir: out,
    entryNames: "[name]",
    assetNames: "fonts/[name]",
    bundle: true,
    minify: true,
    target,
    legalComments: "none",
    loader: { ".woff2": "file" },
    logLevel: "warning",
    ...options,
  });
}

await mkdir(out);
const editor = existsSync(path.join(root, "frontend/editor/index.js"));
await Promise.all([
  bundle(["css/kp.css"], { plugins: [ourCss] }),
  bundle(["theme.js"], { format: "iife" }),
  bundle(["app.js"], { format: "esm" }),
  editor && bundle(["editor/index.js"], { format: "esm", entryNames: "editor" }),
  cp(path.join(root, "frontend/mark.svg"), path.join(out, "mark.svg")),
  copyPrintFaces(),
  sprite(root, path.join(packages, "lucide-static/icons")).then((svg) => writeFile(path.join(out, "sprite.svg"), svg)),
]);
await rm(done, { recursive: true, force: true });
await mkdir(path.dirname(done), { recursive: true });
await rename(out, done);
console.log(`static/build: ${(await readdir(done)).join(", ")}`);
