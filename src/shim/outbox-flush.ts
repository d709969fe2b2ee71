import { BridgeError, type Timer } from "../client/index.ts";
import { outboxRetryMs } from "./limits.ts";
import type { Link } from "./link.ts";
import type { OutboxFolder } from "./outbox-folder.ts";

/** What became of a message that was tried. */
export type Outcome = { readonly answer: unknown } | { readonly error: BridgeError };

/** Sends what waits in the folder, in order, whenever the bridge is there. */
export interface Flush {
  /** Sends what waits now. What became of this one, for whoever waits for it; undefined when it waits on. */
  upTo(name: string): Promise<Outcome | undefined>;
  /** Tries nothing more; what waits stays. */
  close(): void;
}

export interface FlushParts {
  readonly link: Link;
  readonly folder: OutboxFolder;
  readonly timer: Timer;
  readonly post: (body: object, agent: string) => Promise<unknown>;
  /** Is told of a disk that fails, where no call waits for it. */
  readonly onError: (error: unknown) => void;
}

export function createFlush({ link, folder, timer, post, onError }: FlushParts): Flush {
  const awaited = new Map<string, Outcome | undefined>();
  let flushing: Promise<void> | undefined;
  let cancelRetry = () => {};

  async function flushAll(): Promise<void> {
    for (const name of folder.waiting()) {
      const message = folder.read(name);
      if (message === undefined) continue;
      try {
        const answer = await post(message.body, message.agent);
        folder.remove(name);
        if (awaited.has(name)) awaited.set(name, { answer });
      } catch (error) {
        if (!isFinal(error)) return tryLater();
        refuse(name, error);
      }
    }
  }

  /** Whoever waits for it is told at once; the others later, so it is kept for them. */
  function refuse(name: string, error: BridgeError): void {
    if (!awaited.has(name)) {
      return folder.refuse(name, error.code === "invalid_input" ? error.message : `${error.code}: ${error.message}`);
    }
    awaited.set(name, { error });
    folder.remove(name);
  }

  /** A bridge that is away is waited for; one that is there and has no room is asked again. */
  function tryLater(): void {
    cancelRetry();
    if (link.isConnected()) cancelRetry = timer(outboxRetryMs, flushBeside);
  }

  /** One at a time: what is sent by two at once has no order. */
  async function flush(): Promise<void> {
    while (flushing !== undefined) await flushing;
    flushing = flushAll().finally(() => (flushing = undefined));
    return flushing;
  }

  const flushBeside = () => void flush().catch(onError);
  link.onConnected(flushBeside);

  return {
    async upTo(name) {
      awaited.set(name, undefined);
      try {
        await flush();
        return awaited.get(name);
      } finally {
        awaited.delete(name);
      }
    },
    close: () => cancelRetry(),
  };
}

/** The bridge has decided about this message. A wrong credential says nothing of it, nor does a bridge that fails. */
const isFinal = (error: unknown): error is BridgeError =>
  error instanceof BridgeError &&
  !error.retryable &&
  !["unauthorized", "unexpected_answer", "internal"].includes(error.code);
