import type { Config } from "../../config.ts";
import { type AskedBridge, withBridge } from "./ask-bridge.ts";
import { listed } from "./asking-command.ts";
import { note, print, printJson } from "./output.ts";
import { qrCode } from "./qr.ts";
import { localTime, readDuration, sayDuration } from "./times.ts";
import { warn } from "./warn.ts";

export interface InviteOptions {
  readonly ttl: string;
  readonly name?: string;
  readonly person?: boolean;
  readonly readOnly?: boolean;
  readonly permissions?: string;
  readonly channels?: string;
  readonly qr?: boolean;
}

/** Prints the line to paste on the other machine, and nothing else, to stdout. */
export const inviteCommand = (config: Config, options: InviteOptions): Promise<void> =>
  withBridge(config, async (bridge) => {
    const ttlSeconds = readDuration("--ttl", options.ttl);
    const invitation = await bridge.call("invite", {
      ttl_seconds: ttlSeconds,
      kind: options.person === true ? "person" : "machine",
      name: options.name,
      read_only: options.readOnly,
      permissions: listed(options.permissions),
      channels: listed(options.channels),
    });
    const { code, expires_at: until, fingerprint, words } = invitation;
    const lines = bridge.urls.map((url) => joinLine(url, code, fingerprint));
    // A phone opens an address; a computer has the line.
    const links = options.person === true ? bridge.urls.map((url) => `${url}/#signin=${code}`) : [];
    if (config.isJson) return printJson({ ...invitation, urls: bridge.urls, commands: lines, links });

    warnOfReach(bridge);
    note(`Paste this on the other machine. It works once, for ${sayDuration(ttlSeconds)}, until ${localTime(until)}:`);
    print(lines[0] ?? joinLine("<url>", code, fingerprint));
    for (const line of lines.slice(1)) note(`or, by another of this machine's addresses:\n${line}`);
    if (links[0] !== undefined) note(`or open this in a browser there:\n${links[0]}`);
    if (words !== undefined) note(`This bridge's fingerprint is ${words}; the other machine must show the same.`);
    const shown = links[0] ?? lines[0];
    if (options.qr === true && shown !== undefined) note(`\n${await qrCode(shown)}`);
  });

/** A fingerprint is no secret; with it the other machine talks to this bridge and to nobody else from the first byte on. */
export function joinLine(url: string, code: string, fingerprint: string | undefined): string {
  const pinned = url.startsWith("https:") && fingerprint !== undefined ? ` --fingerprint ${fingerprint}` : "";
  return `npx claude-bridge join ${url} ${code}${pinned}`;
}

function warnOfReach({ urls }: AskedBridge): void {
  if (urls.length === 0) {
    warn(
      "no relay runs on this database; start one with --host 0.0.0.0 before the code expires, and put its address in",
    );
  } else if (urls.every((url) => /^\w+:\/\/(localhost|127\.|\[::1\])/.test(url))) {
    warn("this relay listens on its own machine only; start it with --host 0.0.0.0 for others to reach it");
  }
}
