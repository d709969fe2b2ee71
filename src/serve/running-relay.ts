import { readFileSync, rmSync } from "node:fs";
import { isReadableByOthers, replacePrivateFile } from "../config/private-file.ts";
import { askStatus } from "./ask-status.ts";

/**
 * What a relay says of itself in a file beside its database, for the commands that administer it: with the token in it
 * they are its operator. Whoever can read the file can read the database.
 */
export interface RunningRelay {
  /** Where this machine reaches it. */
  readonly url: string;
  /** Where others reach it, as far as the relay could tell when it started. */
  readonly remote: readonly string[];
  readonly pid: number;
  readonly version: string;
  /** The file of the certificate that it shows, also after it was renewed; absent without TLS. */
  readonly certificateFile?: string | undefined;
  /** Good until this relay stops. */
  readonly token: string;
}

export const announcementOf = (db: string) => `${db}.relay.json`;

/**
 * Writes the file; `withdraw` removes it again, unless another relay has written its own since.
 *
 * @throws ConfigError when it cannot be written.
 */
export function announceRelay(db: string, relay: RunningRelay): { withdraw(): void } {
  replacePrivateFile(announcementOf(db), `${JSON.stringify({ v: 1, ...relay })}\n`);
  return {
    withdraw: () => forgetRelay(db, relay),
  };
}

/** The relay that runs on the database; undefined when none does, whatever file one that was killed has left. */
export async function findRunningRelay(db: string): Promise<RunningRelay | undefined> {
  const relay = readAnnounced(db);
  if (relay === undefined) return undefined;
  return (await askStatus(relay.url)) === undefined ? undefined : relay;
}

/** The token of the relay that has left it there last; good as long as that runs. */
export const relayToken = (db: string): string | undefined => readAnnounced(db)?.token;

/** Removes the file that a relay has left that was killed; another's stays. */
export function forgetRelay(db: string, { token }: Pick<RunningRelay, "token">): void {
  if (readAnnounced(db)?.token === token) rmSync(announcementOf(db), { force: true });
}

/** What the file says, whether or not the relay still runs. Nothing of a file that others may have written is believed. */
export function readAnnounced(db: string): RunningRelay | undefined {
  try {
    if (isReadableByOthers(announcementOf(db))) return undefined;
    const { v, ...relay } = JSON.parse(readFileSync(announcementOf(db), "utf8")) as RunningRelay & {
      readonly v: number;
    };
    return v === 1 && typeof relay.token === "string" && URL.canParse(relay.url) ? relay : undefined;
  } catch {
    return undefined;
  }
}
