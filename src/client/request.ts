import { parseJson, readText } from "./body.ts";
import { BridgeError, invalidInput, unreachable } from "./error.ts";
import { refusalOf } from "./refusal.ts";
import type { Settings } from "./settings.ts";
import { limited, orAborted } from "./timer.ts";

export interface Ask {
  /** With a leading slash. */
  readonly path: string;
  /** A name may be there again and again. What is undefined is left out. */
  readonly query?: readonly (readonly [name: string, value: string | number | undefined])[];
  /** Makes it a POST. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Where neither GET nor POST is meant. */
  readonly method?: "DELETE";
  /** How long the answer may take, beyond what any may, in milliseconds. */
  readonly moreMs?: number;
  /** Which agent asks, where it is not the client's. */
  readonly agent?: string | undefined;
}

/**
 * One request, and the JSON of its answer.
 *
 * @throws BridgeError with the bridge's code, or `unreachable`; the signal's reason when it aborts.
 */
export async function askOnce(settings: Settings, ask: Ask, signal: AbortSignal | undefined): Promise<unknown> {
  const answerMs = settings.answerMs + (ask.moreMs ?? 0);
  const limit = limited(settings.timer, answerMs, signal);
  try {
    const response = await request(settings, ask, limit.signal);
    const answer = parseJson(await whole(readText(response), settings, limit.signal));
    if (answer === undefined) throw unreachable(`what answers at ${settings.url} is no bridge: it speaks no JSON`);
    return answer;
  } catch (error) {
    signal?.throwIfAborted();
    throw limit.isOver ? unreachable(`no answer came within ${answerMs} ms`) : error;
  } finally {
    limit.release();
  }
}

/**
 * One request, and the head of its answer, which is 2xx.
 *
 * @throws BridgeError as above; the signal's reason when it aborts.
 */
export async function request(settings: Settings, ask: Ask, signal: AbortSignal): Promise<Response> {
  const { path, query = [], body, method } = ask;
  const headers = await headersOf(settings, signal);
  const agent = ask.agent ?? agentOf(settings);
  // A header holds ASCII only.
  if (agent !== undefined) headers["Claude-Bridge-Agent"] = encodeURIComponent(wellFormed("agent", agent));
  const url = `${settings.url}${path}${searchOf(query)}`;
  const post = { method: "POST", body: JSON.stringify(body) };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const how = method === undefined ? {} : { method };
  const init: RequestInit = { headers, signal, cache: "no-store", ...(body === undefined ? how : post) };
  const response = await orAborted(settings.fetch(url, init), signal).catch((cause: unknown) => {
    throw signal.aborted ? cause : unreachable(`${settings.url} does not answer`, { cause });
  });
  if (response.ok) return response;
  throw await whole(refusalOf(response), settings, signal);
}

/** What is made of a body, which may break off in the middle. */
function whole<T>(made: Promise<T>, { url }: Settings, signal: AbortSignal): Promise<T> {
  return orAborted(made, signal).catch((cause: unknown) => {
    throw signal.aborted || cause instanceof BridgeError
      ? cause
      : unreachable(`the answer of ${url} broke off`, { cause });
  });
}

/** A plain object, as whoever brings a `fetch` may have no use for the platform's, which takes Node long to load. */
async function headersOf({ token }: Settings, signal: AbortSignal): Promise<Record<string, string>> {
  const given = typeof token === "function" ? await orAborted(Promise.resolve(token()), signal) : token;
  if (given === undefined) return {};
  // The platform's own words would show the token.
  if (unfit.test(given)) throw invalidInput("token", "has characters that a header cannot hold");
  return { Authorization: `Bearer ${given}` };
}

// eslint-disable-next-line no-control-regex
const unfit = /[\0\r\n\u0100-\uffff]/;

const agentOf = ({ agent }: Settings) => (typeof agent === "function" ? agent() : agent);

function searchOf(query: Ask["query"] & {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of query) {
    if (value === undefined) continue;
    // Broken Unicode would be mended on its way, into the name of another channel.
    search.append(name, wellFormed(name, `${value}`));
  }
  return search.size === 0 ? "" : `?${search}`;
}

export function wellFormed(field: string, value: string): string {
  if (value.isWellFormed()) return value;
  throw invalidInput(field, "must be well-formed Unicode");
}
