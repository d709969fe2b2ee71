import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "../../config.ts";
import { readBridges, writeBridges } from "../../config/bridges.ts";
import { type AskedBridge, withBridge } from "./ask-bridge.ts";
import { listed } from "./asking-command.ts";
import { CommandError } from "./command-error.ts";
import { note, print, printJson, printTable } from "./output.ts";
import { localTime, readDuration } from "./times.ts";

export interface CreateOptions {
  readonly kind?: string;
  readonly for?: string;
  readonly permissions?: string;
  readonly channels?: string;
  readonly expires?: string;
  readonly tokenFile?: string;
}

export const tokenCreateCommand = (config: Config, name: string | undefined, options: CreateOptions): Promise<void> =>
  withBridge(config, async (bridge) => {
    const { kind, for: principal, expires, tokenFile } = options;
    const made = await bridge.call("token_create", {
      name,
      kind,
      principal,
      permissions: listed(options.permissions),
      channels: listed(options.channels),
      expires_in_days: expires === undefined ? undefined : readDuration("--expires", expires) / 86_400,
    });
    hand(config, made, tokenFile);
    if (!config.isJson) note(`credential ${made.id} of ${made.principal.name}; it is shown only this once`);
  });

export const tokensCommand = (config: Config, showsAll: boolean): Promise<void> =>
  withBridge(config, async (bridge) => {
    const { tokens } = await bridge.call("tokens");
    const shown = tokens.filter(({ revoked_at: revoked }) => showsAll || revoked === undefined);
    if (config.isJson) return printJson({ tokens: shown });
    if (shown.length === 0)
      return note("there are no credentials yet; claude-bridge invite makes one on another machine");
    printTable(
      ["ID", "OF", "MAY", "CHANNELS", "LAST USED", "FROM", "EXPIRES", "STATE"],
      shown.map((row) => [
        row.id,
        row.principal.name,
        row.permissions.join(","),
        row.channels.join(","),
        row.last_used_at === undefined ? "never" : localTime(row.last_used_at),
        row.last_address ?? "",
        localTime(row.expires_at),
        stateOf(row),
      ]),
    );
  });

export interface RotateOptions {
  readonly grace?: string;
  readonly tokenFile?: string;
}

/** Without an id: this machine's own, which takes the place of the old one in its file. */
export const tokenRotateCommand = (config: Config, id: string | undefined, options: RotateOptions): Promise<void> =>
  withBridge(config, async (bridge) => {
    const grace = options.grace === undefined ? undefined : readDuration("--grace", options.grace);
    const own = id ?? (await ownCredential(bridge));
    const made = await bridge.call("token_rotate", { id: own, grace_seconds: grace });
    if (id === undefined && bridge.name !== undefined && options.tokenFile === undefined) {
      keep(config, bridge.name, made.token);
      if (config.isJson) return printJson({ id: made.id, until: made.until, stored: true });
      return print(
        `This machine has a new secret for ${bridge.name}; the old one is good until ${localTime(made.until)}`,
      );
    }
    hand(config, made, options.tokenFile);
    if (!config.isJson) note(`the old secret of ${made.id} is good until ${localTime(made.until)}`);
  });

export const tokenRevokeCommand = (config: Config, id: string): Promise<void> =>
  withBridge(config, async (bridge) => {
    const token = await bridge.call("token_revoke", { id });
    if (config.isJson) return printJson({ token });
    print(`${token.id} of ${token.principal.name} is revoked, with every stream and wait that it had open`);
  });

/** The token, to stdout or into a file of its owner's alone; nowhere else. */
function hand({ isJson }: Config, made: { readonly token: string }, tokenFile: string | undefined): void {
  const { token, ...row } = made;
  if (tokenFile === undefined) return isJson ? printJson(made) : print(token);
  const path = resolve(tokenFile);
  try {
    writeFileSync(path, `${token}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The credential is made and must not be lost: it can be rotated, which gives a new secret.
    throw new CommandError("failure", `could not write the token: ${reason}`, {
      fix: "claude-bridge token rotate <id> --token-file <another file> gives a new one",
      cause: error,
    });
  }
  if (isJson) printJson({ ...row, token_file: path });
  else print(path);
}

async function ownCredential(bridge: AskedBridge): Promise<string> {
  const { credential } = await bridge.call("whoami");
  if (credential !== undefined) return credential;
  throw new CommandError("usage", "the operator has no credential of its own; say which one to rotate", {
    fix: "claude-bridge token list shows them",
  });
}

function keep({ client }: Config, name: string, token: string): void {
  const bridges = readBridges(client.folder);
  const bridge = bridges.known.get(name);
  if (bridge === undefined) return;
  writeBridges(client.folder, { ...bridges, known: new Map(bridges.known).set(name, { ...bridge, token }) });
}

function stateOf({
  revoked_at: revoked,
  secrets,
}: {
  readonly revoked_at?: string | undefined;
  readonly secrets: number;
}) {
  if (revoked !== undefined) return `revoked ${localTime(revoked)}`;
  return secrets > 1 ? "being rotated" : "in force";
}
