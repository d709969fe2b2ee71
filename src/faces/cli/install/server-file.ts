import { join } from "node:path";
import type { LocalFolders } from "../../../config/local-folders.ts";
import { CommandError } from "../command-error.ts";
import { editFile, putFileBack, readText } from "./edit-file.ts";
import type { InstalledFile } from "./installed.ts";
import * as json from "./json-server.ts";
import { shortPath, type Step } from "./step.ts";
import * as toml from "./toml-server.ts";

const kinds = {
  codex: {
    pathIn: ({ codex }: LocalFolders) => join(codex, "config.toml"),
    placeIn: toml.placeIn,
    withServer: toml.withServer,
    withoutServer: toml.withoutServer,
  },
  json: {
    pathIn: () => join(process.cwd(), ".mcp.json"),
    placeIn: json.placeIn,
    withServer: json.withServer,
    withoutServer: json.withoutServer,
  },
} as const;

export type FileClient = keyof typeof kinds;

/** How the server is added to a client that has its servers in a file; no step when it is there already. */
export function addToFile(
  client: FileClient,
  folders: LocalFolders,
  server: toml.Server,
  files: readonly InstalledFile[],
  remember: (file: InstalledFile) => void,
): readonly Step[] {
  const { pathIn, placeIn, withServer, withoutServer } = kinds[client];
  const path = pathIn(folders);
  const before = files.find((file) => file.path === path);
  const text = readText(path);
  const place = placeIn(text, server);
  if (place === "own") return [];
  if (place === "other" && before === undefined) {
    const what = { fix: `take it out, or write by hand: ${server.command} ${server.args.join(" ")}` };
    throw new CommandError("conflict", `${path} has a server called bridge already, which is not ours`, what);
  }
  const wanted = withServer(place === "other" ? withoutServer(text) : text, server);
  const shown = shortPath(path, folders.home);
  const added = withServer("", server).trimEnd().split("\n");
  const kept = text === "" ? "" : "; a copy of it is kept beside it";
  return [
    {
      shown: [`edit  ${shown}${kept}`, ...added.map((line) => `      + ${line}`)],
      make: () => remember(editFile(client, path, wanted, before)),
    },
  ];
}

/** How it is taken out again. */
export function takeFromFile(file: InstalledFile & { readonly client: FileClient }, home: string): readonly Step[] {
  const { withoutServer } = kinds[file.client];
  const shown = `edit  ${shortPath(file.path, home)}, without the bridge`;
  return [{ shown: [shown], make: () => putFileBack(file, withoutServer) }];
}
