import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bin } from "../real-clients/product.ts";

/** A `PATH` on which `claude-bridge` is the packed program, as an installation has it. Its folder is made in `home`. */
export function pathWithProgram(home: string): string {
  const folder = join(home, "bin");
  mkdirSync(folder);
  symlinkSync(process.execPath, join(folder, "node"));
  writeScript(join(folder, "claude-bridge"), `#!/bin/sh\nexec node "${bin}" "$@"\n`);
  return `${folder}:${process.env["PATH"]}`;
}

export function writeScript(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}
