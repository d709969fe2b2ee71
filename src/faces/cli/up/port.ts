import { createServer } from "node:net";
import type { Config } from "../../../config.ts";
import { loopbackOf, urlOf } from "../../../serve/addresses.ts";
import { askStatus } from "../../../serve/ask-status.ts";
import { StartError } from "../../../serve/start-error.ts";
import { portOwner } from "./port-owner.ts";

export interface FreePort {
  readonly port: number;
  /** Who has the port that it should have been; undefined when it is that one. */
  readonly takenBy: string | undefined;
}

/** Ports after the default one that are tried. */
const portsToTry = 20;

/**
 * The port of the configuration, or, when nobody chose it and somebody has it, one of the next.
 *
 * @throws StartError when all of them are taken.
 */
export async function findPort({ host, port, isPortChosen }: Config): Promise<FreePort> {
  // Whoever chose one wants theirs, or to hear why not, which the start itself says.
  if (isPortChosen) return { port, takenBy: undefined };
  let takenBy: string | undefined;
  for (let candidate = port; candidate <= port + portsToTry; candidate += 1) {
    if (await isFree(host, candidate)) return { port: candidate, takenBy };
    takenBy ??= await whoHas(host, candidate);
  }
  throw new StartError(`ports ${port} to ${port + portsToTry} are all in use; choose one with --port`);
}

/** Anything but a port that is taken is for the start to report. */
function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(!("code" in error && error.code === "EADDRINUSE")));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

async function whoHas(host: string, port: number): Promise<string> {
  const urls = [false, true].map((isTls) => urlOf({ port, isTls }, loopbackOf(host)));
  const bridge = (await Promise.all(urls.map(askStatus))).find((answer) => answer !== undefined);
  if (bridge !== undefined) return `claude-bridge ${bridge.version} of another database`;
  return (await portOwner(port)) ?? "another program";
}
