import { spawnSync } from "node:child_process";
import { describe } from "vitest";
import { type Clients, findClients } from "./install.ts";

export type Installed = Extract<Clients, { kind: "available" }>;

const clients = findClients();

/** A suite that needs the installed clients. Where there are none, it is skipped under a name that says why. */
export function describeWithClients(name: string, suite: (clients: Installed) => void): void {
  describeUnless(clients.kind === "available" ? undefined : clients.reason, name, suite);
}

/** One whose clients run in a terminal too, which only `script` of util-linux makes. */
export function describeInTerminal(name: string, suite: (clients: Installed) => void): void {
  const hasTerminal = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;
  const reason = clients.kind === "unavailable" ? clients.reason : undefined;
  describeUnless(hasTerminal ? reason : "there is no script of util-linux", name, suite);
}

function describeUnless(reason: string | undefined, name: string, suite: (clients: Installed) => void): void {
  const title = reason === undefined ? name : `${name} [skipped: ${reason}]`;
  // A skipped suite is still collected, so that its tests are counted and named.
  const paths = clients.kind === "available" ? clients : nowhere;
  describe.skipIf(reason !== undefined)(`${title}`, () => {
    suite(paths);
  });
}

const nowhere: Installed = { kind: "available", claude: "", inspector: "", conformance: "" };
