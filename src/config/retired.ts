/** What 1.2.0 could be told and this version has no use for. Accepted, so that its start scripts keep working. */
export interface Retired {
  readonly env: string;
  /** Completes "NAME is not used: …". */
  readonly why: string;
}

export const retired: readonly Retired[] = [
  { env: "CLAUDE_BRIDGE_EVENT_POLL_MS", why: "events need no polling" },
  {
    env: "CLAUDE_BRIDGE_EVENT_RETENTION_DAYS",
    why: "events are the messages themselves; --retention-days is for both",
  },
  { env: "CLAUDE_BRIDGE_STATELESS_HTTP", why: "MCP over HTTP is always stateless" },
  {
    env: "CLAUDE_BRIDGE_SESSION_TTL_SECONDS",
    why: "no login sessions are kept; clients send the token",
  },
];
