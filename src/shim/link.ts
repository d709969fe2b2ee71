import type { Ask, BridgeClient, CallOptions, LongAsk } from "../client/index.ts";
import { BridgeError } from "../client/index.ts";
import type { Clock } from "../core/clock.ts";
import { ago } from "../core/time.ts";

/** The bridge, asked in a way that remembers whether it was there. */
export interface Link {
  /** What this machine calls it. */
  readonly bridge: string;
  /** @throws BridgeError of the client */
  ask(what: Ask | LongAsk, options?: CallOptions): Promise<unknown>;
  /** Whether the last request was answered. */
  isConnected(): boolean;
  /** For people: `last seen 2 min ago`. */
  lastSeen(): string;
  /** Calls `listener` each time that the bridge is there again, and the first time. */
  onConnected(listener: () => void): void;
}

export function createLink(bridge: string, client: Pick<BridgeClient, "request">, clock: Clock): Link {
  const listeners: (() => void)[] = [];
  let isConnected = false;
  let seenAt: number | undefined;

  function heard(): void {
    seenAt = clock.now();
    if (isConnected) return;
    isConnected = true;
    for (const listener of listeners) listener();
  }

  return {
    bridge,
    async ask(what, options) {
      try {
        const answer = await client.request(what, options);
        heard();
        return answer;
      } catch (error) {
        if (error instanceof BridgeError) {
          if (isAway(error)) isConnected = false;
          else if (error.status !== undefined) heard();
        }
        throw error;
      }
    },
    isConnected: () => isConnected,
    lastSeen: () =>
      seenAt === undefined ? "not seen since this session began" : `last seen ${ago(clock.now() - seenAt)}`,
    onConnected: (listener) => void listeners.push(listener),
  };
}

/** There is no bridge to say yes or no; what it was asked may still have reached it. */
export const isAway = (error: unknown): boolean =>
  error instanceof BridgeError && (error.code === "unreachable" || error.code === "closing");
