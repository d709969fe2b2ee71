import { spawnSync } from "node:child_process";
import { describe } from "vitest";
import { type Clients, findClients } from "./install.ts";

export type Installed = Extract<Clients, { kind: "available" }>;

const clients = findClients();

/** A suite that needs the installed clients. Where there are none, it is skipped under a name that says why. */
export function describeWithClients(name: string, suite: (clients: Installed) => void): void {
  const title = clients.kind === "available" ? name : `${name} [skipped: ${clients.reason}]`;
  // A skipped suite is still collected, so that its tests are counted and named.
  const paths = clients.kind === "available" ? clients : nowhere;
  describe.skipIf(clients.kind === "unavailable")(`${title}`, () => {
    suite(paths);
  });
}

/** One whose clients run in a terminal too, which only `script` of util-linux makes. */
export function describeInTerminal(name: string, suite: (clients: Installed) => void): void {
  const has = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;
  if (has) describeWithClients(name, suite);
  else describe.skip(`${name} [skipped: no script of util-linux]`, () => suite(nowhere));
}

const nowhere: Installed = { kind: "available", claude: "", inspector: "", conformance: "" };
