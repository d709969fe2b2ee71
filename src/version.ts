import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface PackageFile {
  readonly version: string;
}

// Ours, beside `src` and `dist` alike, and published with them.
const packageFile = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as PackageFile;

export const version = packageFile.version;

/** Where the build puts the dashboard; not there in a package that has none. */
export const dashboardFolder = fileURLToPath(new URL("../dist/web", import.meta.url));
