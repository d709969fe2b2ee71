import { join } from "node:path";
import { expect } from "vitest";
import { type Cli, type CliOptions, runCli, startCli, startRelayProcess, temporaryFolder } from "./cli.ts";
import { post } from "./face.ts";

export type Ran = Awaited<ReturnType<typeof runCli>>;

/** A machine's home: what a command stores there is seen by no other. */
export function bridgeHome(options: Omit<CliOptions, "cwd"> = {}) {
  const folder = temporaryFolder();
  const inHome: CliOptions = { ...options, cwd: folder };
  return {
    folder,
    /** Runs a command to its end. */
    run: (...args: readonly string[]): Promise<Ran> => runCli(args, inHome),
    /** Runs a command that prints one JSON object and nothing else, and gives it. */
    async ask<Answer>(...args: readonly string[]): Promise<Answer> {
      const { code, stdout, stderr } = await runCli([...args, "--json"], inHome);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout.split("\n")).toHaveLength(2);
      return JSON.parse(stdout) as Answer;
    },
    /** Runs a command with `input` as its standard input. */
    async type(input: string | Uint8Array, ...args: readonly string[]): Promise<Ran> {
      const cli: Cli = startCli(args, inHome);
      cli.write(input);
      cli.endInput();
      return { code: await cli.exit, stdout: cli.stdout(), stderr: cli.stderr() };
    },
    startRelay: (...args: readonly string[]) => startRelayProcess(args, inHome),
  };
}

export type BridgeHome = ReturnType<typeof bridgeHome>;

export interface Invited {
  readonly id: string;
  readonly code: string;
  readonly expires_at: string;
  readonly urls: readonly string[];
  readonly commands: readonly string[];
  readonly words: string;
}

export interface Joined {
  readonly principal: { readonly id: string; readonly name: string; readonly kind: string };
  readonly permissions: readonly string[];
  readonly channels: readonly string[];
  readonly joined_as: string;
  readonly bridge: { readonly words: string };
}

/** Lets the second machine join the first one's relay. */
export async function pair(
  host: Pick<BridgeHome, "ask">,
  guest: Pick<BridgeHome, "ask">,
  { name, invite = [] }: { readonly name: string; readonly invite?: readonly string[] },
): Promise<Joined> {
  const { code, urls } = await host.ask<Invited>("invite", ...invite);
  return guest.ask<Joined>("join", urls[0] ?? "", code, "--name", name);
}

/** The headers that `auth header` prints. */
export async function headersOf(home: Pick<BridgeHome, "run">, ...args: readonly string[]) {
  const { code, stdout, stderr } = await home.run("auth", "header", ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Record<string, string>;
}

/** Where `join` keeps the credential. */
export const credentialFile = ({ folder }: Pick<BridgeHome, "folder">) =>
  join(folder, ".config/claude-bridge/bridges.json");

export const whoami = (url: string, headers: Record<string, string>) => fetch(`${url}/api/whoami`, { headers });

export const send = (url: string, headers: Record<string, string>) =>
  post(`${url}/api/send`, { channel: "a:b", sender: "worker", content: "hello" }, headers);
