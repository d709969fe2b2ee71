import type { ServerContext } from "@modelcontextprotocol/server";

/** Clients give up on a call that says nothing for 60 s; proxies do after 30. */
const progressMs = 15_000;

/**
 * Reports progress on the call at once and then every 15 s, if its client asked for progress, until stopped.
 * The first report opens the answer's stream, so that a client that waits for a first byte has it.
 */
export function keepAlive({ mcpReq }: ServerContext): { stop(): void } {
  const token = mcpReq._meta?.progressToken;
  if (token === undefined) return { stop() {} };
  let beats = 0;
  const report = () => {
    const progress = beats++;
    const seconds = (progress * progressMs) / 1000;
    const params = { progressToken: token, progress, message: `waiting, ${seconds} s` };
    // The client may be gone by now; then the call's own signal ends it.
    mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
  };
  const first = setImmediate(report);
  const timer = setInterval(report, progressMs);
  return {
    stop() {
      clearImmediate(first);
      clearInterval(timer);
    },
  };
}
