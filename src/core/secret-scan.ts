import { BridgeError } from "./errors.ts";
import { findSecrets, type Found } from "./secrets.ts";

/**
 * What the operator wants done about credentials in messages. A safety net for agents that paste what they should
 * not, and no barrier: whoever wants to get one through can spell it in another way.
 */
export type SecretScanMode = "off" | "warn" | "refuse";

export interface SecretScan {
  readonly mode: SecretScanMode;
  /** For the operator's log. */
  readonly report?: (sighting: SecretSighting) => void;
}

export interface SecretSighting {
  readonly rules: readonly string[];
  readonly channel: string;
  readonly sender: string;
  readonly isRefused: boolean;
}

/** A text that somebody sends, with the input field that it came in. */
export interface Outbound {
  readonly text: string;
  readonly field: "content" | "message";
  readonly channel: string;
  readonly sender: string;
}

/**
 * A warning for each credential in the text; none when nothing was found or looked for.
 *
 * @throws BridgeError `secret_refused`.
 */
export function scanForSecrets({ mode, report }: SecretScan, { text, field, channel, sender }: Outbound): string[] {
  const found = mode === "off" ? [] : findSecrets(text);
  if (found.length === 0) return [];
  const isRefused = mode === "refuse";
  report?.({ rules: [...new Set(found.map(({ rule }) => rule))], channel, sender, isRefused });
  const warnings = found.map((secret) => `${field} looks like it holds ${describe(secret)}`);
  if (!isRefused) return warnings;
  const what = `${field} looks like it holds ${found.map(describe).join(", ")}`;
  const advice = "remove it and send again, or ask the bridge's operator for --secret-scan warn";
  throw new BridgeError("secret_refused", `${what}: nothing was stored; ${advice}`, { field });
}

const describe = ({ label, start, length }: Found) => `${label} (characters ${start + 1}-${start + length})`;
