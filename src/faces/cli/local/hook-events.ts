/** What the client runs a hook for. `wake` is a second hook of a session's start, which waits for mail. */
export const hookEvents = ["session-start", "wake", "prompt", "stop"] as const;
export type HookEvent = (typeof hookEvents)[number];
