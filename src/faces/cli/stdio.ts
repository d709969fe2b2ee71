import type { Config } from "../../config.ts";
import { createLog } from "../../serve/log.ts";
import { serveStdio } from "../../serve.ts";
import { untilStopped } from "./signals.ts";
import { warn } from "./warn.ts";

/** Serves MCP until the client closes its end. Nothing else may be written to stdout. */
export async function stdioCommand(config: Config): Promise<void> {
  const server = await serveStdio(config, { log: createLog(config.logLevel), warn });
  await Promise.race([server.closed, untilStopped(() => undefined)]);
  await server.close();
  process.stdin.destroy();
}
