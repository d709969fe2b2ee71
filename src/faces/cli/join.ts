import { address } from "../../config/kinds.ts";
import type { Config } from "../../config.ts";
import { readBridges, writeBridges } from "../../config/bridges.ts";
import { systemClock } from "../../core/clock.ts";
import { readCrockford } from "../../core/crockford.ts";
import { formatTime } from "../../core/time.ts";
import type { OutputOf } from "../../operations/index.ts";
import { askPerson, readStdinLine } from "./ask-person.ts";
import { CommandError } from "./command-error.ts";
import { connectClaudeCode, handLines, installCommand, printHandLines } from "./connect-joined.ts";
import { exchangeCode } from "./exchange-code.ts";
import { findBridge } from "./find-bridge.ts";
import { note, printJson } from "./output.ts";
import { proveRoundTrip } from "./round-trip.ts";
import { type Stored, storeJoined } from "./store-joined.ts";
import { visibleOnLine } from "./visible-on-line.ts";

export interface JoinOptions {
  readonly name?: string;
  /** What this machine will call the bridge. */
  readonly as?: string;
  readonly fingerprint?: string;
  /** Prints what connects clients by hand, and connects none. */
  readonly lines?: boolean;
}

/** Exchanges a join code for this machine's credential, stores it, and shows that it works. */
export async function joinCommand(config: Config, where: string, given: string | undefined, options: JoinOptions) {
  const { isJson, client } = config;
  const url = readUrl(where);
  const bridges = readBridges(client.folder);
  // A code works once: before it is used up it must be sure that what it gives can be kept.
  writeBridges(client.folder, bridges);
  const code = await readCode(given);
  const found = await findBridge(url, options.fingerprint?.replaceAll(":", "").toLowerCase());
  try {
    if (!isJson) note(`Found a bridge at ${url}, version ${visibleOnLine(found.version)}`);
    const joined = await exchangeCode(found, code, options.name);
    const { token, ...shown } = joined;
    const { principal, bridge } = shown;
    const kept = await storeJoined(client.folder, bridges, {
      wanted: options.as ?? bridge.name,
      bridge: {
        url,
        token,
        principal,
        certificate: found.certificate,
        words: bridge.words,
        joinedAt: formatTime(systemClock.now()),
      },
    });
    const tookMs = await proveRoundTrip(found, token);
    const lines = handLines(kept.name, url);
    if (isJson) {
      const { claude, codex, mcpJson } = lines;
      const connect = { install: installCommand(), claude, codex, mcp_json: mcpJson };
      const proof = { credential_file: kept.file, round_trip_ms: tookMs };
      return printJson({ ...shown, url, joined_as: kept.name, ...proof, connect });
    }
    tell(shown, kept, tookMs);
    if (options.lines === true) return printHandLines(lines, kept.certificateFile);
    await connectClaudeCode(client.claude);
    note(`Then open Claude Code here and type: say hello to ${visibleOnLine(bridge.name)} on the bridge`);
  } finally {
    await found.close();
  }
}

function tell(joined: Omit<OutputOf<"join">, "token">, { name, file }: Stored, tookMs: number): void {
  const { principal, permissions, channels, bridge } = joined;
  const may = permissions.join(", ");
  const where = channels.includes("*") ? "" : ` in ${channels.map(visibleOnLine).join(", ")}`;
  note(`This machine is ${visibleOnLine(principal.name)} on ${name}. It may ${may}${where}`);
  note(`Fingerprint ${visibleOnLine(bridge.words)}: the bridge's machine must have shown the same`);
  note(`Credential stored in ${file}, readable by you only`);
  note(`Round trip ${visibleOnLine(principal.name)} → bridge → ${visibleOnLine(principal.name)}: ${tookMs} ms`);
}

/** A machine that names no scheme means the one that the bridge has unless told otherwise. */
function readUrl(text: string): string {
  const url = address.parse([/^https?:\/\//i.test(text) ? text : `http://${text}`]);
  if (url !== undefined) return url;
  throw new CommandError(
    "usage",
    `the bridge's address must be ${address.expected.replace("an address ", "")}, not "${text}"`,
  );
}

async function readCode(given: string | undefined): Promise<string> {
  const text =
    given === "-"
      ? await readStdinLine()
      : (given ?? (await askPerson("Join code: ", "say the join code, or - to read it from standard input")));
  if (readCrockford(text).length === 8) return text;
  throw new CommandError("usage", "a join code has 8 letters and digits, such as K7QF-4TM2", {
    fix: "claude-bridge invite, on the bridge's machine, makes one",
  });
}
