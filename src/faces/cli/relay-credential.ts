import { readFileSync } from "node:fs";
import { certificateFingerprint } from "../../serve/fingerprint.ts";
import type { RunningRelay } from "../../serve/running-relay.ts";
import type { Credential } from "./choose-bridge.ts";

/** With it a command is the operator of a relay on this machine. */
export function credentialOf({ url, token, certificateFile: file }: RunningRelay): Credential {
  const certificate = file === undefined ? undefined : certificateFingerprint(readFileSync(file, "utf8")).sha256;
  return { url, token, certificate };
}
