import { randomUUID } from "node:crypto";
import { BridgeError, type Timer } from "../client/index.ts";
import type { Clock } from "../core/clock.ts";
import { formatTime } from "../core/time.ts";
import { quoteName } from "../faces/mcp/text.ts";
import { OwnWords } from "../faces/mcp/tool-host.ts";
import { paths } from "../operations/paths.ts";
import { outboxRetryMs, patienceMs } from "./limits.ts";
import { isAway, type Link } from "./link.ts";
import type { OutboxFolder } from "./outbox-folder.ts";

/** Sends, also while there is no bridge: then when it is back. */
export interface Outbox {
  /**
   * The bridge's answer, or words that say that the message waits here. What was queued before goes first.
   *
   * @throws BridgeError of the client when the bridge refuses; ToolRefusal when too much waits already.
   */
  send(body: Readonly<Record<string, unknown>>, agent: string, signal: AbortSignal): Promise<unknown>;
  /** Sends what waits, in order, as far as the bridge is there. */
  flush(): Promise<void>;
  /** Tries nothing more; what waits stays. */
  close(): void;
  /** A line for each message that was refused when it was sent at last, once. */
  refusals(agent: string): readonly string[];
}

interface OutboxParts {
  readonly link: Link;
  readonly folder: OutboxFolder;
  readonly clock: Clock;
  readonly timer: Timer;
  /** Is told of a disk that fails, where no call waits for it. */
  readonly onError: (error: unknown) => void;
}

export function createOutbox({ link, folder, clock, timer, onError }: OutboxParts): Outbox {
  /** The answers to what this process has queued, for whoever is still here to be told. */
  const answers = new Map<string, unknown>();
  let flushing: Promise<void> | undefined;
  let cancelRetry = () => {};

  const post = (body: object, agent: string, options: { signal?: AbortSignal; patienceMs: number }) =>
    link.ask({ path: paths.send.path, body: { ...body }, agent }, options);

  async function flushAll(): Promise<void> {
    for (const name of folder.waiting()) {
      const message = folder.read(name);
      if (message === undefined) continue;
      try {
        answers.set(name, await post(message.body, message.agent, { patienceMs: 0 }));
        folder.remove(name);
      } catch (error) {
        if (!isFinal(error)) return tryLater();
        folder.refuse(name, error.code === "invalid_input" ? error.message : `${error.code}: ${error.message}`);
      }
    }
  }

  /** A bridge that is away is waited for; one that is there and has no room is asked again. */
  function tryLater(): void {
    cancelRetry();
    if (link.isConnected()) cancelRetry = timer(outboxRetryMs, () => void flush().catch(onError));
  }

  /** One at a time: what is sent by two at once has no order. */
  async function flush(): Promise<void> {
    while (flushing !== undefined) await flushing;
    flushing = flushAll().finally(() => (flushing = undefined));
    return flushing;
  }

  link.onConnected(() => void flush().catch(onError));

  return {
    close: () => cancelRetry(),
    async send(given, agent, signal) {
      // Made before the first try, which may have arrived although its answer did not.
      const body = { ...given, idempotency_key: given["idempotency_key"] ?? randomUUID() };
      if (folder.waiting().length === 0) {
        try {
          return await post(body, agent, { signal, patienceMs: link.isConnected() ? patienceMs : 0 });
        } catch (error) {
          if (!isAway(error)) throw error;
        }
      }
      const name = folder.put({ agent, body, at: formatTime(clock.now()) });
      await flush();
      const answer = answers.get(name);
      answers.clear();
      return answer ?? new OwnWords(queuedText(body, link));
    },
    flush,
    refusals: (agent) =>
      folder.takeRefusals(agent).map(({ body, at, reason }) => {
        const { channel, to } = body;
        const where = quoteName([channel, to].find((name) => typeof name === "string") ?? "?");
        return `Not sent: what was queued here at ${at.slice(0, 19)}Z for ${where} was refused by bridge ${link.bridge}: ${reason}`;
      }),
  };
}

/** The bridge has decided about this message. A wrong credential says nothing of it, nor does a bridge that fails. */
const isFinal = (error: unknown): error is BridgeError =>
  error instanceof BridgeError &&
  !error.retryable &&
  !["unauthorized", "unexpected_answer", "internal"].includes(error.code);

function queuedText({ idempotency_key: key }: Readonly<Record<string, unknown>>, { bridge, lastSeen }: Link): string {
  const head = `Queued here: bridge ${bridge} is unreachable (${lastSeen()}). It goes out when the bridge is back.`;
  return `${head}\n  idempotency_key: ${quoteName(typeof key === "string" ? key : "")}`;
}
