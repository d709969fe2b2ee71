import { CommandError, isCode } from "./command-error.ts";
import { connectionFailure, noBridge } from "./connection-failure.ts";

/** A bridge at an address, and what is needed to be let in. */
export interface Remote {
  readonly url: string;
  readonly token: string | undefined;
  readonly fetch: typeof fetch;
}

export interface HttpCall {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly input: object;
  /** How long the answer may take; `answerWithinMs` unless told. */
  readonly withinMs?: number;
}

/** Whoever waits at a terminal wants to hear that there is no answer. */
const answerWithinMs = 15_000;

/**
 * The bridge's JSON answer.
 *
 * @throws CommandError for everything else.
 */
export async function callOverHttp({ url, token, fetch: ask }: Remote, call: HttpCall): Promise<unknown> {
  const { method, path, input, withinMs = answerWithinMs } = call;
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(method === "POST" ? { "content-type": "application/json" } : {}),
  };
  const query = method === "GET" ? queryOf(input) : "";
  let response;
  let text;
  try {
    response = await ask(`${url}${path}${query}`, {
      method,
      headers,
      // A redirect would carry the credential to somebody else.
      redirect: "manual",
      signal: AbortSignal.timeout(withinMs),
      ...(method === "POST" ? { body: JSON.stringify(input) } : {}),
    });
    text = await response.text();
  } catch (error) {
    throw connectionFailure(url, error);
  }
  const answer = parse(text);
  if (typeof answer !== "object" || answer === null) throw noBridge(url);
  if (!response.ok) throw refusal(url, answer, response.status);
  return answer;
}

function queryOf(input: object): string {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(url: string, answer: object, status: number): CommandError {
  const { code, error, field } = answer as Readonly<Record<string, unknown>>;
  if (typeof error !== "string") return noBridge(url);
  const isOlder = status === 404 && error === "not found" && field === undefined;
  if (isOlder) {
    return new CommandError("not_found", `the bridge at ${url} does not know this command`, { fix: "update it" });
  }
  return new CommandError(isCode(code) ? code : "failure", error);
}
