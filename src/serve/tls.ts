import { createPrivateKey, X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { type Config, ConfigError, type TlsSource } from "../config.ts";
import { readFile } from "../config/files.ts";
import { systemClock } from "../core/clock.ts";
import type { Log, TlsPair } from "../faces/http/server.ts";
import { certificateNames } from "./addresses.ts";
import { type FollowedTls, followTls } from "./follow-tls.ts";
import { warnIfReadable } from "./owner-only.ts";

/**
 * What to serve https with; undefined when nobody asked for it. A self-signed pair is made when there is none.
 *
 * @throws ConfigError when the certificate and its key cannot be used, read or made.
 */
export async function openTls(
  { tls: source, host }: Config,
  { log, warn }: { readonly log: Log; readonly warn: (line: string) => void },
): Promise<FollowedTls | undefined> {
  if (source === undefined) return undefined;
  if (source.kind === "self-signed") {
    const { keepSelfSigned } = await import("./self-signed.ts");
    await keepSelfSigned(source, { names: certificateNames(host), now: systemClock.now() });
  }
  const read = () => readPair(source);
  const pair = read();
  if (source.kind === "self-signed") warnIfReadable(source.keyPath, warn);
  return followTls({ paths: [source.certPath, source.keyPath], pair, read, log });
}

/** @throws ConfigError when the files are not a certificate and its key. */
function readPair(source: TlsSource): TlsPair {
  const [certLabel, keyLabel] = source.kind === "files" ? ["--tls-cert", "--tls-key"] : [ownFiles, ownFiles];
  const pair = { cert: readFile(certLabel, source.certPath), key: readFile(keyLabel, source.keyPath) };
  let isOver;
  try {
    // An empty text is none to the context, which then serves nobody.
    createPrivateKey(pair.key);
    createSecureContext(pair);
    const { validToDate } = new X509Certificate(pair.cert);
    isOver = validToDate.getTime() < systemClock.now();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${wrongPair(source)} (${reason})`, { cause: error });
  }
  if (source.kind === "self-signed" && isOver) {
    throw new ConfigError(`${source.certPath} has expired; ${renew(source)}`);
  }
  return pair;
}

const ownFiles = "the bridge's own certificate";

function wrongPair(source: TlsSource): string {
  if (source.kind === "files") return "--tls-cert and --tls-key must be a certificate and its private key, as PEM";
  return `${source.certPath} and ${source.keyPath} are no certificate and its key; ${renew(source)}`;
}

const renew = ({ certPath, keyPath }: TlsSource) =>
  `delete ${certPath} and ${keyPath} to have new ones made, which every client must be told to trust again`;
