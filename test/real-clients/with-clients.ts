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

const nowhere: Installed = { kind: "available", claude: "", inspector: "", conformance: "" };
