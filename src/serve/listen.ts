import type { Config } from "../config.ts";
import { loopbackOf, urlOf } from "./addresses.ts";
import { askStatus, type BridgeStatus } from "./ask-status.ts";
import { StartError } from "./start-error.ts";

/** A bridge answers on the default port already; there is nothing to start. */
export class AlreadyRunning extends Error {
  override readonly name = "AlreadyRunning";
  readonly bridge: BridgeStatus;

  constructor(bridge: BridgeStatus) {
    super(`already running at ${bridge.url}`);
    this.bridge = bridge;
  }
}

/** Ports after the default one that are tried when another program has it. */
const portsToTry = 20;

/**
 * Asked before the database is opened. A bridge on a port that somebody chose is not looked for: whoever chose
 * one wants theirs there, or an error.
 *
 * @throws AlreadyRunning when a bridge has the default port.
 */
export async function refuseSecondBridge({ host, port, isPortChosen }: Config): Promise<void> {
  if (isPortChosen) return;
  const running = await bridgeAt(host, port);
  if (running !== undefined) throw new AlreadyRunning(running);
}

/**
 * Listens on the port of the configuration, or on one of the next when it is the default and another program
 * has it.
 *
 * @throws StartError when no port can be had.
 */
export async function listen(
  face: { listen(host: string, port: number): Promise<{ port: number }> },
  { host, port, isPortChosen }: Config,
  warn: (line: string) => void,
): Promise<number> {
  const last = isPortChosen ? port : port + portsToTry;
  for (let candidate = port; candidate <= last; candidate += 1) {
    try {
      const { port: taken } = await face.listen(host, candidate);
      if (candidate > port) warn(`port ${port} is in use by another program; using ${taken}`);
      return taken;
    } catch (error) {
      if (codeOf(error) !== "EADDRINUSE") throw refusal(error, host, candidate);
    }
  }
  throw new StartError(
    isPortChosen ? await portTaken(host, port) : `ports ${port} to ${last} are all in use; choose one with --port`,
  );
}

async function portTaken(host: string, port: number): Promise<string> {
  const running = await bridgeAt(host, port);
  const by = running === undefined ? "" : ` by claude-bridge ${running.version} at ${running.url}`;
  return `port ${port} is already in use${by}; choose another with --port`;
}

async function bridgeAt(host: string, port: number): Promise<BridgeStatus | undefined> {
  const urls = [false, true].map((isTls) => urlOf({ port, isTls }, loopbackOf(host)));
  const answers = await Promise.all(urls.map(askStatus));
  return answers.find((answer) => answer !== undefined);
}

function refusal(error: unknown, host: string, port: number): unknown {
  switch (codeOf(error)) {
    case "EACCES":
      return new StartError(`not allowed to listen on port ${port}; choose another with --port`, { cause: error });
    case "EADDRNOTAVAIL":
      return new StartError(`${host} is no address of this machine; choose another with --host`, { cause: error });
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new StartError(`the host name ${host} has no address; choose another with --host`, { cause: error });
    default:
      return error;
  }
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : undefined);
