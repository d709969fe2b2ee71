import { readFileSync } from "node:fs";

interface PackageFile {
  readonly version: string;
}

// Ours, beside `src` and `dist` alike, and published with them.
const packageFile = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as PackageFile;

export const version = packageFile.version;
