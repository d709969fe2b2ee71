/** What `GET /status` of a bridge says. */
export interface BridgeStatus {
  /** The address that it answered at, without a path. */
  readonly url: string;
  readonly version: string;
  readonly status: string;
}

/** An answer from this machine or this network takes milliseconds. */
const askTimeoutMs = 1000;
const maxAnswerLength = 4096;

/**
 * Asks whoever listens at `url` whether it is a Claude Bridge. Undefined when it is none, or nobody answers in
 * time.
 */
export async function askStatus(url: string): Promise<BridgeStatus | undefined> {
  // Loaded by whoever asks: as a module it brings Node's `fetch` with it, which takes as long to load as the rest of
  // Node, and a bridge on stdio has no use for either.
  const { get } = await (url.startsWith("https:") ? import("node:https") : import("node:http"));
  return new Promise((resolve) => {
    // Any certificate will do: nothing secret is sent, and the answer is believed only for what is printed.
    const options = { signal: AbortSignal.timeout(askTimeoutMs), agent: false, rejectUnauthorized: false };
    const request = get(new URL("/status", url), options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        if (text.length > maxAnswerLength) request.destroy();
      });
      response.on("end", () => resolve(parseStatus(url, text)));
      response.on("error", () => resolve(undefined));
      response.on("close", () => resolve(undefined));
    });
    request.on("error", () => resolve(undefined));
  });
}

function parseStatus(url: string, text: string): BridgeStatus | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof answer !== "object" || answer === null) return undefined;
  const { service, version, status } = answer as Readonly<Record<string, unknown>>;
  if (service !== "claude-bridge" || typeof version !== "string") return undefined;
  return { url, version, status: String(status) };
}
