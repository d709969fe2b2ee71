import type { SecretSighting } from "../core/secret-scan.ts";

interface Log {
  warn(details: object, message: string): void;
}

/** One line for a message that looks like it holds credentials: of which kinds, where, from whom; never what. */
export const logSecrets =
  (log: Log) =>
  ({ rules, channel, sender, isRefused }: SecretSighting): void => {
    const fate = isRefused ? "refused" : "let through";
    log.warn({ rules, channel, sender }, `a message that looks like it holds a secret was ${fate}`);
  };
