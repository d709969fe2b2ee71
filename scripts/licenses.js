import { readdirSync, readFileSync } from "node:fs";

/** The names and licenses of the packages whose code is in the files of a bundle: they must be given away with it. */
export function licensesOf(output) {
  const modules = output
    .flatMap(({ moduleIds = [] }) => moduleIds)
    .map((id) => id.split("\0").at(-1).replaceAll("\\", "/"));
  const folders = new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []));
  return [...folders]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map(licenseOf)
    .join(`\n\n${"-".repeat(80)}\n\n`);
}

function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : readFileSync(`${folder}/${file}`, "utf8").trim();
  return `${name} ${version}, ${license}\n\n${text}\n`;
}
