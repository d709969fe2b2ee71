/**
 * `notifications/cancelled` for clients of 2025-11-25 and older. They cancel a call with a request of its own,
 * which a server without sessions could not connect with the call. So each client is given a session id at
 * `initialize`, kept by nobody: it comes back with every request and is, with the request's id, the call's name.
 * An id from before a restart is as good as any.
 */
export interface Cancellations {
  /** A signal that aborts when the call is cancelled or its client is gone; `done` forgets the call. */
  track(request: Request, body: unknown): Tracked;
  /** Ends the call that `body` cancels, if it does and the call is here. */
  observe(request: Request, body: unknown): void;
}

export interface Tracked {
  readonly signal: AbortSignal;
  done(): void;
}

export const sessionHeader = "mcp-session-id";

export function createCancellations(): Cancellations {
  const calls = new Map<string, AbortController>();

  return {
    track(request, body) {
      const key = isMessage(body) && body.method === "tools/call" ? keyOf(request, body.id) : undefined;
      if (key === undefined) return { signal: request.signal, done: () => undefined };
      const controller = new AbortController();
      const abort = () => controller.abort();
      const done = () => {
        request.signal.removeEventListener("abort", abort);
        request.signal.removeEventListener("abort", done);
        if (calls.get(key) === controller) calls.delete(key);
      };
      if (request.signal.aborted) abort();
      request.signal.addEventListener("abort", abort);
      request.signal.addEventListener("abort", done);
      calls.set(key, controller);
      return { signal: controller.signal, done };
    },

    observe(request, body) {
      if (!isMessage(body) || body.method !== "notifications/cancelled") return;
      const key = keyOf(request, body.params?.["requestId"]);
      if (key !== undefined) calls.get(key)?.abort();
    },
  };
}

function keyOf(request: Request, id: unknown): string | undefined {
  const session = request.headers.get(sessionHeader);
  return session === null || id === undefined ? undefined : JSON.stringify([session, id]);
}

interface Message {
  readonly method?: unknown;
  readonly id?: unknown;
  readonly params?: Record<string, unknown>;
}

const isMessage = (body: unknown): body is Message => typeof body === "object" && body !== null && !Array.isArray(body);

export const isInitialize = (body: unknown): boolean => isMessage(body) && body.method === "initialize";
