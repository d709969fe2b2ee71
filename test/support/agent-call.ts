import { post } from "./face.ts";

/** What the HTTP API answers an agent, with its status. */
export type Answer = Record<string, unknown> & { readonly status: number };

/** A POST in an agent's name. */
export async function callAs(
  url: string,
  agent: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await post(url, body, { "claude-bridge-agent": agent, ...headers });
  return { ...((await response.json()) as object), status: response.status };
}
