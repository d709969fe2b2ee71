import type { Credential } from "../choose-bridge.ts";
import { CommandError } from "../command-error.ts";
import { callOverHttp } from "../over-http.ts";

export interface ToldReceipt {
  readonly agent: string;
  readonly state: string;
}

/** What the bridge keeps of the message for each agent; nothing where it keeps no receipts, or not of this one. */
export async function receiptsOf(
  bridge: Pick<Credential, "url" | "token"> & { readonly fetch: typeof fetch },
  id: string,
): Promise<readonly ToldReceipt[]> {
  const call = { method: "GET", path: "/api/receipts", input: { message_ids: id } } as const;
  try {
    const { receipts } = (await callOverHttp(bridge, call)) as { readonly receipts?: unknown };
    return Array.isArray(receipts) ? receipts.filter(isReceipt) : [];
  } catch (error) {
    // An older bridge does not know the question.
    if (error instanceof CommandError) return [];
    throw error;
  }
}

function isReceipt(value: unknown): value is ToldReceipt {
  if (typeof value !== "object" || value === null) return false;
  const { agent, state } = value as Readonly<Record<string, unknown>>;
  return typeof agent === "string" && typeof state === "string";
}
