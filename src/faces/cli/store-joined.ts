import { join } from "node:path";
import { type Bridges, bridgesFile, type JoinedBridge, writeBridges } from "../../config/bridges.ts";
import { replacePrivateFile } from "../../config/private-file.ts";
import { certificateFingerprint } from "../../serve/fingerprint.ts";
import { peerCertificate } from "./peer-certificate.ts";

export interface Stored {
  /** What this machine calls the bridge. */
  readonly name: string;
  /** Where its credential is. */
  readonly file: string;
  /** Where its certificate is, for programs that must be told to trust it. */
  readonly certificateFile: string | undefined;
}

export interface ToStore {
  readonly bridge: JoinedBridge;
  readonly wanted: string;
  /** The bridge that commands go on asking. */
  readonly current?: string | undefined;
}

/**
 * Keeps the credential that this machine got, and makes the bridge the current one unless another shall stay it.
 *
 * @throws ConfigError when it cannot be written.
 */
export async function storeJoined(
  folder: string,
  bridges: Bridges,
  { bridge, wanted, current }: ToStore,
): Promise<Stored> {
  const name = freeName(bridges, bridge.url, wanted);
  writeBridges(folder, { current: current ?? name, known: new Map(bridges.known).set(name, bridge) });
  const file = bridgesFile(folder);
  if (bridge.certificate === undefined) return { name, file, certificateFile: undefined };
  const certificateFile = join(folder, `${name}.pem`);
  const pem = await peerCertificate(bridge.url);
  if (certificateFingerprint(pem).sha256 !== bridge.certificate) return { name, file, certificateFile: undefined };
  replacePrivateFile(certificateFile, pem);
  return { name, file, certificateFile };
}

/** A bridge that is joined again takes its old place. Another of the same name gets a number. */
function freeName({ known }: Bridges, url: string, given: string): string {
  // It stands in commands, so it must be one word.
  const wanted = given.replaceAll(/[^\w.-]+/g, "-");
  const isFree = (name: string) => (known.get(name)?.url ?? url) === url;
  let name = wanted;
  for (let number = 2; !isFree(name); number += 1) name = `${wanted}-${number}`;
  return name;
}
