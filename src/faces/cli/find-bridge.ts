import { certificateFingerprint } from "../../serve/fingerprint.ts";
import { askPerson } from "./ask-person.ts";
import { CommandError } from "./command-error.ts";
import { noBridge } from "./connection-failure.ts";
import { type OpenFetch, openFetch } from "./open-fetch.ts";
import { callOverHttp } from "./over-http.ts";
import { peerCertificate } from "./peer-certificate.ts";

/** A bridge that answered, and whom to believe from now on that it is the bridge. */
export interface FoundBridge extends OpenFetch {
  readonly url: string;
  readonly version: string;
  /** SHA-256 of the certificate that is believed because of `--fingerprint`, or because a person said so. */
  readonly certificate: string | undefined;
}

/**
 * Asks who is at `url`, before a secret is sent there.
 *
 * @throws CommandError, each with one cause and what to do about it.
 */
export async function findBridge(url: string, fingerprint: string | undefined): Promise<FoundBridge> {
  if (!url.startsWith("https:")) return ask(url, undefined);
  if (fingerprint !== undefined) {
    await requireCertificate(url, fingerprint);
    return ask(url, fingerprint);
  }
  try {
    return await ask(url, undefined);
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== "wrong_certificate") throw error;
    return ask(url, await trustByEye(url, error));
  }
}

async function ask(url: string, certificate: string | undefined): Promise<FoundBridge> {
  const opened = await openFetch(certificate);
  try {
    const call = { method: "GET", path: "/status", input: {} } as const;
    const { service, version } = (await callOverHttp({ url, token: undefined, fetch: opened.fetch }, call)) as Status;
    if (service !== "claude-bridge" || typeof version !== "string") throw noBridge(url);
    return { ...opened, url, version, certificate };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

interface Status {
  readonly service?: unknown;
  readonly version?: unknown;
}

async function requireCertificate(url: string, expected: string): Promise<void> {
  const { sha256 } = certificateFingerprint(await peerCertificate(url));
  if (sha256 === expected) return;
  throw new CommandError(
    "wrong_certificate",
    `${url} shows another certificate than the one of --fingerprint: ${sha256}`,
    {
      fix: "somebody may be in between; ask for a new line from claude-bridge invite",
    },
  );
}

/** As nobody vouches for the certificate, a person has to. */
async function trustByEye(url: string, refusal: CommandError): Promise<string> {
  const { sha256, words } = certificateFingerprint(await peerCertificate(url));
  const question = `${refusal.message}.\nIts fingerprint is ${words} (${sha256}).\nDoes the bridge's machine show the same? [y/N] `;
  const answer = await askPerson(question, `${refusal.message}; ${refusal.fix}`).catch((error: unknown) => {
    throw error instanceof CommandError ? refusal : error;
  });
  if (/^y(es)?$/i.test(answer)) return sha256;
  throw new CommandError("wrong_certificate", "the fingerprints are not the same", {
    fix: "somebody may be in between; use the address and the fingerprint that the bridge prints",
  });
}
