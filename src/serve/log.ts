import { pino, type Logger } from "pino";
import type { Config } from "../config.ts";

/**
 * Log lines as JSON on stderr; stdout is for what was asked for. No caller logs a token; should one get into a
 * line all the same, in a URL or a header that an error quotes, it is taken out of it here.
 */
export function createLog(level: Config["logLevel"]): Logger {
  // Written at once: the last line before a crash is the one that is needed.
  const stderr = pino.destination({ dest: 2, sync: true });
  // A terminal that is gone, or a full disk, is no reason to stop relaying.
  stderr.on("error", () => undefined);
  return pino({ level, hooks: { streamWrite: withoutTokens } }, stderr);
}

export function withoutTokens(line: string): string {
  return line.replaceAll(/([?&]token=)[^&\s"\\]+/gi, "$1[token]").replaceAll(/(\bbearer\s+)[^\s"\\]+/gi, "$1[token]");
}
