// Makes dist/plugin: what plugin/ has, and the program in a few files of plain JavaScript with everything that it needs.
// Claude Code copies a plugin's folder and nothing around it, and its plugins must not need an installation.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { asReleased } from "./bundle-terminal-ui.js";
import { licensesOf } from "./licenses.js";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));
const out = at("dist/plugin");

rmSync(out, { recursive: true, force: true });
cpSync(at("plugin"), out, { recursive: true });
cpSync(at("bin"), `${out}/bin`, { recursive: true });

const manifest = `${out}/.claude-plugin/plugin.json`;
writeFileSync(
  manifest,
  `${JSON.stringify({ ...JSON.parse(readFileSync(manifest, "utf8")), version }, undefined, 2)}\n`,
);
// A folder with this file is one of ES modules. It names no dependency, so that nothing is installed.
writeFileSync(
  `${out}/package.json`,
  `${JSON.stringify({ name: "claude-bridge", version, private: true, type: "module" })}\n`,
);

// The program finds its parts where it finds them in the package.
const parts = [...readFileSync(at("bin/claude-bridge.js"), "utf8").matchAll(/import\("\.\.\/dist\/(.+?)\.js"\)/g)];
const sourceOf = (part) => at(`src/${part.replace("program/", "faces/cli/")}.ts`);
const bundle = await rolldown({
  input: Object.fromEntries(parts.map(([, part]) => [part, sourceOf(part)])),
  platform: "node",
  ...asReleased,
});
const { output } = await bundle.write({
  dir: `${out}/dist`,
  format: "esm",
  minify: true,
  chunkFileNames: "[name]-[hash].js",
});
await bundle.close();

const outside = output
  .flatMap(({ imports = [], dynamicImports = [] }) => [...imports, ...dynamicImports])
  .filter((target) => !target.startsWith("node:") && !output.some(({ fileName }) => fileName === target));
writeFileSync(`${out}/THIRD-PARTY-LICENSES.txt`, licensesOf(output));

if (outside.length > 0) throw new Error(`the plugin would need ${[...new Set(outside)].join(", ")}`);
