import { randomUUID } from "node:crypto";
import type { Timer } from "../client/index.ts";
import type { Clock } from "../core/clock.ts";
import { formatTime } from "../core/time.ts";
import { quoteName } from "../faces/mcp/text.ts";
import { OwnWords } from "../faces/mcp/tool-host.ts";
import { paths } from "../operations/paths.ts";
import { patienceMs } from "./limits.ts";
import { isAway, type Link } from "./link.ts";
import { createFlush } from "./outbox-flush.ts";
import type { OutboxFolder } from "./outbox-folder.ts";

/** Sends, also while there is no bridge: then when it is back. */
export interface Outbox {
  /**
   * The bridge's answer, or words that say that the message waits here. What was queued before goes first.
   *
   * @throws BridgeError of the client when the bridge refuses; ToolRefusal when too much waits already.
   */
  send(body: Readonly<Record<string, unknown>>, agent: string, signal: AbortSignal): Promise<unknown>;
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
  readonly onError: (error: unknown) => void;
}

export function createOutbox({ link, folder, clock, timer, onError }: OutboxParts): Outbox {
  const post = (body: object, agent: string, options: { signal?: AbortSignal; patienceMs: number }) =>
    link.ask({ path: paths.send.path, body: { ...body }, agent }, options);
  const waiting = { post: (body: object, agent: string) => post(body, agent, { patienceMs: 0 }), onError };
  const flush = createFlush({ link, folder, timer, ...waiting });

  return {
    async send(given, agent, signal) {
      // Made before the first try, which may have arrived although its answer did not.
      const body = { ...given, idempotency_key: given["idempotency_key"] ?? randomUUID() };
      const isFirst = folder.waiting().length === 0;
      if (isFirst) {
        try {
          return await post(body, agent, { signal, patienceMs: link.isConnected() ? patienceMs : 0 });
        } catch (error) {
          if (!isAway(error)) throw error;
        }
      }
      const name = folder.put({ agent, body, at: formatTime(clock.now()) });
      // Who has just found no bridge need not look again, unless it came meanwhile.
      const outcome = isFirst && !link.isConnected() ? undefined : await flush.upTo(name);
      if (outcome === undefined) return new OwnWords(queuedText(body, link));
      if ("error" in outcome) throw outcome.error;
      return outcome.answer;
    },
    close: flush.close,
    refusals: (agent) =>
      folder.takeRefusals(agent).map(({ body, at, reason }) => {
        const { channel, to } = body;
        const where = quoteName([channel, to].find((name) => typeof name === "string") ?? "?");
        return `Not sent: what was queued here at ${at.slice(0, 19)}Z for ${where} was refused by bridge ${link.bridge}: ${reason}`;
      }),
  };
}

/** Never that it is stored: no bridge has it. */
function queuedText({ idempotency_key: key }: Readonly<Record<string, unknown>>, link: Link): string {
  const why = link.isConnected() ? "takes nothing just now" : `is unreachable (${link.lastSeen()})`;
  const head = `Queued here: bridge ${link.bridge} ${why}. It goes out when the bridge ${link.isConnected() ? "does" : "is back"}.`;
  return `${head}\n  idempotency_key: ${quoteName(typeof key === "string" ? key : "")}`;
}
