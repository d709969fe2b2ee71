import type { IncomingMessage } from "node:http";
import { BridgeError } from "../../core/errors.ts";
import * as fields from "../../core/fields.ts";

/** The name of the header in which a request says which agent it is of. Percent-encoded, where it is not plain ASCII. */
const agentHeader = "claude-bridge-agent";

/** @throws BridgeError `invalid_input` for what is no name. */
export function agentIn({ headers }: IncomingMessage): string | undefined {
  const given = headers[agentHeader]?.toString();
  if (given === undefined || given === "") return undefined;
  const parsed = fields.sender.safeParse(decoded(given));
  if (parsed.success) return parsed.data;
  throw new BridgeError(
    "invalid_input",
    "agent: the header Claude-Bridge-Agent must be a name of 1 to 128 characters",
    {
      field: "agent",
    },
  );
}

function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
