import { cpSync, existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LocalFolders } from "../../../config/local-folders.ts";
import { CommandError } from "../command-error.ts";
import { removeIfEmpty } from "./edit-file.ts";
import { shortPath, type Step } from "./step.ts";
import type { Server } from "./toml-server.ts";

/** Where the plugin stays, with the whole program: clients start it from there whatever becomes of this package. */
export const programFolder = ({ data }: LocalFolders): string => join(data, "plugin");

/** How a client starts the bridge's tools. No secret is in it: the program finds what `join` has stored. */
export const serverIn = (folder: string): Server => ({
  command: "node",
  args: [join(folder, "bin", "claude-bridge.js"), "mcp"],
});

/** Sessions may run the program that is there. Files of another version have other names, so the old ones stay. */
export function copyProgram(folders: LocalFolders): Step {
  const [from, to] = [packedPlugin(), programFolder(folders)];
  return {
    shown: [`copy  the plugin, which has the whole program, to ${shortPath(to, folders.home)}`],
    make() {
      if (from !== to) cpSync(from, to, { recursive: true });
    },
  };
}

export const removeProgram = (folders: LocalFolders): Step => ({
  shown: [`remove  ${shortPath(folders.data, folders.home)}/plugin`],
  make() {
    rmSync(programFolder(folders), { recursive: true, force: true });
    rmSync(join(folders.data, "installed.json"), { force: true });
    removeIfEmpty(folders.data);
  },
});

/** The plugin of this program: beside it in its package, or around it when it runs from the plugin itself. */
function packedPlugin(): string {
  const manifest = join(".claude-plugin", "plugin.json");
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const [inPackage, around] = [join(folder, "dist", "plugin"), folder];
    for (const place of [inPackage, around]) if (existsSync(join(place, manifest))) return place;
    if (dirname(folder) === folder) break;
    folder = dirname(folder);
  }
  throw new CommandError("failure", "this package has no plugin", { fix: "npm run build makes it" });
}
