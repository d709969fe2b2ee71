import { KeyObject } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { ConfigError, type TlsSource } from "../config.ts";

export interface SelfSignedOptions {
  /** Host names and addresses that the certificate is good for. */
  readonly names: readonly string[];
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/**
 * Makes a certificate and its key, unless one of their files is there: clients have pinned that one, and it is never
 * replaced by itself.
 *
 * @throws ConfigError when they cannot be written.
 */
export async function keepSelfSigned({ certPath, keyPath }: TlsSource, options: SelfSignedOptions): Promise<void> {
  if (existsSync(certPath) || existsSync(keyPath)) return;
  const { cert, key } = await makeSelfSigned(options);
  try {
    // `wx`: of two bridges that start at once, one makes them, and the other ends and says which file was in its way.
    writeFileSync(keyPath, key, { flag: "wx", mode: 0o600 });
    writeFileSync(certPath, cert, { flag: "wx", mode: 0o600 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`could not keep the bridge's own certificate: ${reason}`, { cause: error });
  }
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

const dayMs = 86_400_000;
/** Clients trust this very certificate, so that its end only breaks them all at once. */
const validDays = 20 * 365;

/** A certificate that can serve and cannot sign others: whoever trusts it trusts no more than this bridge. */
async function makeSelfSigned({ names, now }: SelfSignedOptions) {
  // It hangs its reflection on the global `Reflect`, and the package below asks for it there.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=claude-bridge",
    // The clocks of clients may be behind.
    notBefore: new Date(now - dayMs),
    notAfter: new Date(now + validDays * dayMs),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      // Who trusts several bridges finds the right certificate by it: they all have one name.
      await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({ type: isIP(name) > 0 ? ("ip" as const) : ("dns" as const), value: name })),
      ),
    ],
  });
  const key = KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" });
  return { cert: `${certificate.toString("pem")}\n`, key };
}
