import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isReadableByOthers, replacePrivateFile } from "../../config/private-file.ts";
import { isAlive } from "./is-alive.ts";

/** What a shim says of itself, for the programs of its session. */
export interface RunningShim {
  readonly pid: number;
  /** The process that started it: the agent's client, which starts the session's other programs too. */
  readonly parent: number;
  readonly agent: string;
  /** The folder that the agent works in. */
  readonly project: string;
  /** A Unix socket, or a named pipe. */
  readonly socket: string;
  /** RFC 3339. */
  readonly startedAt: string;
}

const runFolder = (stateFolder: string) => join(stateFolder, "run");

/** Longer paths of sockets are refused by some systems. */
const longestSocketPath = 100;

/** Where a shim is to listen; its folder is there, and its owner's only. */
export function socketPath(stateFolder: string, pid: number): string {
  if (process.platform === "win32") return `\\\\.\\pipe\\claude-bridge-${pid}-${crypto.randomUUID()}`;
  const folder = runFolder(stateFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${pid}.sock`);
  if (Buffer.byteLength(path) > longestSocketPath) return join(mkdtempSync(join(tmpdir(), "bridge-")), `${pid}.sock`);
  // One that was killed and had the same id has left its own.
  rmSync(path, { force: true });
  return path;
}

/** Says that the shim is here, or what has changed; `withdraw` takes it back. */
export function announceShim(stateFolder: string, shim: RunningShim): { withdraw(): void } {
  const path = join(runFolder(stateFolder), `${shim.pid}.json`);
  replacePrivateFile(path, `${JSON.stringify({ v: 1, ...shim })}\n`);
  return { withdraw: () => remove(path, shim.socket) };
}

/** The shims that run on this machine for this user. What dead ones have left is swept up. */
export function runningShims(stateFolder: string): readonly RunningShim[] {
  const folder = runFolder(stateFolder);
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    const shim = read(path);
    if (shim === undefined) return [];
    if (isAlive(shim.pid)) return [shim];
    remove(path, shim.socket);
    return [];
  });
}

function remove(path: string, socket: string): void {
  rmSync(path, { force: true });
  if (process.platform === "win32") return;
  rmSync(socket, { force: true });
  const folder = dirname(socket);
  if (folder !== dirname(path)) rmSync(folder, { recursive: true, force: true });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d+\.json$/.test(name));
  } catch {
    return [];
  }
}

/** Nothing of a file that others may have written is believed. */
function read(path: string): RunningShim | undefined {
  try {
    if (isReadableByOthers(path)) return undefined;
    const { v, ...shim } = JSON.parse(readFileSync(path, "utf8")) as RunningShim & { readonly v: number };
    return v === 1 && Number.isInteger(shim.pid) && typeof shim.socket === "string" ? shim : undefined;
  } catch {
    return undefined;
  }
}
