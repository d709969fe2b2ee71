import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { asReleased } from "./bundle-terminal-ui.js";
import { licensesOf } from "./licenses.js";

// Makes a few files of the command line and what it loads at every start. Node takes a third of a start to find, read
// and link some 400 small ones, most of them its packages'. What the package exports stays as it is.

const dist = resolve(process.argv[2] ?? "dist");
const program = join(dist, "program");

/** Loaded by the few who need them; or, as pino and what tells the version, from where they are. */
const apart = ["undici", "@peculiar/x509", "reflect-metadata", "pino"];
const version = join(dist, "version.js");

const bundle = await rolldown({
  input: join(dist, "faces", "cli", "main.js"),
  platform: "node",
  ...asReleased,
  external: [...apart, version],
});
const { output } = await bundle.write({
  dir: program,
  chunkFileNames: "[name]-[hash].js",
  paths: { [version]: "../version.js" },
});
await bundle.close();
writeFileSync(join(program, "THIRD-PARTY-LICENSES.txt"), licensesOf(output));
