import { watch } from "node:fs";
import { basename, dirname } from "node:path";
import { ConfigError } from "../config.ts";
import type { Log, TlsPair } from "../faces/http/server.ts";

export interface FollowedTls {
  /** What new connections get. */
  readonly inForce: () => TlsPair;
  /** From now on `use` is given every new pair. */
  readonly follow: (use: (pair: TlsPair) => void) => void;
  /** Looks now, and not only when the files seem to have changed. */
  readonly reload: () => void;
  close(): void;
}

export interface FollowTlsOptions {
  /** The files that hold it. */
  readonly paths: readonly string[];
  /** What they held at the start. */
  readonly pair: TlsPair;
  /** What they hold now; throws `ConfigError` when that cannot be used. */
  readonly read: () => TlsPair;
  readonly log: Pick<Log, "info" | "error">;
}

/** Both files are written, one after the other, before they are read: with one of them alone they do not fit. */
const settleMs = 300;

/** How often to look where the file system tells nothing: network drives, and links whose target changes. */
const safetyLookMs = 60_000;

/** Keeps the certificate that is served the one in the files. A pair that cannot be used leaves the old one in force. */
export function followTls({ paths, pair, read, log }: FollowTlsOptions): FollowedTls {
  let inForce = pair;
  let use: ((pair: TlsPair) => void) | undefined;
  let refusal: string | undefined;
  let settling: NodeJS.Timeout | undefined;

  function look(): void {
    try {
      const found = read();
      refusal = undefined;
      if (found.cert === inForce.cert && found.key === inForce.key) return;
      use?.(found);
      inForce = found;
      log.info({ files: paths }, "certificate read again");
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      if (error.message === refusal) return;
      refusal = error.message;
      log.error({ reason: error.message }, "certificate not read again: the old one stays in force");
    }
  }

  function lookSoon(): void {
    settling ??= setTimeout(() => {
      settling = undefined;
      look();
    }, settleMs).unref();
  }

  const stops = watchFolders(paths, lookSoon);
  const safetyLook = setInterval(look, safetyLookMs).unref();
  return {
    inForce: () => inForce,
    follow(next) {
      use = next;
      next(inForce);
    },
    reload: look,
    close() {
      clearInterval(safetyLook);
      clearTimeout(settling);
      for (const stop of stops) stop();
    },
  };
}

/**
 * The folders and not the files: programs that renew certificates put new files in the place of the old ones, some by
 * changing a link beside them, whose name begins with two dots.
 */
function watchFolders(paths: readonly string[], onChange: () => void): readonly (() => void)[] {
  const names = paths.map((path) => basename(path));
  return [...new Set(paths.map((path) => dirname(path)))].map((folder) => {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || names.includes(name) || name.startsWith("..")) onChange();
      });
      watcher.on("error", () => watcher.close());
      return () => watcher.close();
    } catch {
      // A system without watches, or without any left: the safety look is there for it.
      return () => undefined;
    }
  });
}
