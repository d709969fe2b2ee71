import { createHash, X509Certificate } from "node:crypto";
import { hostname } from "node:os";
import { fingerprintWords } from "../core/fingerprint.ts";
import type { Epoch } from "../core/message-id.ts";
import type { BridgeIdentity } from "../core/pairing.ts";

/** By what a client knows this bridge again. */
export interface Fingerprint {
  /**
   * Of the certificate: nobody without its key can show it. Of the epoch, where there is no TLS: it tells this bridge
   * from another and proves nothing, as every message's id has the epoch in it.
   */
  readonly of: "certificate" | "epoch";
  /** SHA-256, as 64 hexadecimal digits. */
  readonly sha256: string;
  /** The same for people, and weaker: see `fingerprintWords`. */
  readonly words: string;
}

/** Over the DER of the first certificate in `pem`, the one that the server shows as its own. */
export const certificateFingerprint = (pem: string) => fingerprint("certificate", new X509Certificate(pem).raw);

export const epochFingerprint = (epoch: Epoch) => fingerprint("epoch", epoch);

/** What those who are invited are told. Without a certificate there is nothing that a client could pin. */
export function identityOf(epoch: Epoch, certificate: string | undefined): BridgeIdentity {
  const name = hostname().split(".", 1)[0] ?? "bridge";
  if (certificate === undefined) return { name, words: epochFingerprint(epoch).words };
  const { sha256, words } = certificateFingerprint(certificate);
  return { name, fingerprint: sha256, words };
}

function fingerprint(of: Fingerprint["of"], content: Uint8Array | string): Fingerprint {
  const digest = createHash("sha256").update(content).digest();
  return { of, sha256: digest.toString("hex"), words: fingerprintWords(digest) };
}
