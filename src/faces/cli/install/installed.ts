import { readFileSync } from "node:fs";
import { join } from "node:path";
import { replacePrivateFile } from "../../../config/private-file.ts";
import { CommandError } from "../command-error.ts";

/** A file as `install` found and left it, so that `uninstall` can put it back. */
export interface InstalledFile {
  readonly client: Client;
  readonly path: string;
  /** A copy of what was there; undefined where there was nothing. */
  readonly backup?: string | undefined;
  /** SHA-256 of what was left. While it is that still, nobody else has changed the file. */
  readonly left?: string | undefined;
  /** Of Claude Code: for whom it was installed. */
  readonly scope?: string | undefined;
  /** The folder was made for the file. */
  readonly madeFolder?: boolean | undefined;
}

export const clients = ["claude", "codex", "json"] as const;
export type Client = (typeof clients)[number];

const fileIn = (folder: string) => join(folder, "installed.json");

/** @throws CommandError when the record is broken: then what is to be put back is not known. */
export function readInstalled(folder: string): readonly InstalledFile[] {
  let text: string;
  try {
    text = readFileSync(fileIn(folder), "utf8");
  } catch {
    return [];
  }
  try {
    const { v, files } = JSON.parse(text) as { readonly v?: unknown; readonly files?: readonly InstalledFile[] };
    if (v === 1 && Array.isArray(files)) return files as readonly InstalledFile[];
  } catch {
    // It is said below.
  }
  throw new CommandError("failure", `${fileIn(folder)} is broken`, {
    fix: "undo by hand what install has done, then remove the file",
  });
}

export const writeInstalled = (folder: string, files: readonly InstalledFile[]): void =>
  replacePrivateFile(fileIn(folder), `${JSON.stringify({ v: 1, files }, undefined, 2)}\n`);
