import { invalidInput } from "./error.ts";
import { systemTimer, type Timer } from "./timer.ts";

export interface ConnectOptions {
  /** Of the bridge, such as `http://localhost:8765`; a path in it, such as a proxy's prefix, stays. */
  readonly url: string;
  /** The bearer token; a function is asked before each request, and so can bring a new one. */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** Who sends, when a message does not say. */
  readonly sender?: string | undefined;
  /** Which agent asks: its role, or its label where nobody proves who they are. A function is asked each time. */
  readonly agent?: string | (() => string) | undefined;
  /** Instead of the platform's, such as one that goes through a proxy. */
  readonly fetch?: Fetch | undefined;
  /** How long a call that fails in passing is tried again, in milliseconds: 30,000 unless told, 0 for one try. */
  readonly patienceMs?: number | undefined;
  /** How long one try may take before it counts as failed, in milliseconds: 30,000 unless told. */
  readonly answerMs?: number | undefined;
  /** The pauses between tries; random within these bounds, so that clients do not all come back at once. */
  readonly backoff?: Partial<Backoff> | undefined;
  /** Instead of the platform's. */
  readonly timer?: Timer | undefined;
}

/** As the platform's `fetch` is, as far as a client asks. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Backoff {
  /** The longest first pause; it doubles with each failure. 500 unless told. */
  readonly firstMs: number;
  /** No pause is longer, unless the bridge asks for it. 30,000 unless told. */
  readonly mostMs: number;
}

/** What one call may want otherwise. */
export interface CallOptions {
  /** Aborts the call: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly patienceMs?: number | undefined;
}

/** The options, checked and complete. */
export interface Settings {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: ConnectOptions["token"];
  readonly sender: string | undefined;
  readonly agent: ConnectOptions["agent"];
  readonly fetch: Fetch;
  readonly patienceMs: number;
  readonly answerMs: number;
  readonly backoff: Backoff;
  readonly timer: Timer;
}

/** @throws BridgeError `invalid_input` for a URL that nothing can be asked at. */
export function settingsOf(options: ConnectOptions): Settings {
  const { token, sender, agent, backoff = {}, timer = systemTimer } = options;
  return {
    url: baseOf(options.url),
    token,
    sender,
    agent,
    // Browsers' fetch wants to be called as their own.
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    patienceMs: options.patienceMs ?? 30_000,
    answerMs: options.answerMs ?? 30_000,
    backoff: { firstMs: backoff.firstMs ?? 500, mostMs: backoff.mostMs ?? 30_000 },
    timer,
  };
}

function baseOf(url: string): string {
  if (!URL.canParse(url)) throw invalidInput("url", "must be absolute, such as http://localhost:8765");
  const { protocol, username, password, origin, pathname } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") throw invalidInput("url", "must be of http or https");
  if (username !== "" || password !== "") throw invalidInput("url", "must hold no credentials; give token");
  return `${origin}${pathname}`.replace(/\/+$/, "");
}
