import type { Sources } from "./find.ts";

/** The session of an agent's client, as it tells the programs that it starts. */
export interface Session {
  /** The folder that the agent works in. */
  readonly project: string;
  /** Where the client takes messages for the session, and what it wants to see first. Claude Code has one, for some. */
  readonly inbox: { readonly path: string; readonly token: string | undefined } | undefined;
  /** Somebody is at its terminal. In print mode Claude Code waits for every hook, also for those that it leaves alone here. */
  readonly isAtTerminal: boolean;
}

/** Touches nothing outside its argument. */
export function readSession({ env, cwd }: Sources): Session {
  const path = filled(env["CLAUDE_CODE_MESSAGING_SOCKET"]);
  return {
    project: filled(env["CLAUDE_PROJECT_DIR"]) ?? cwd,
    isAtTerminal: env["CLAUDE_CODE_ENTRYPOINT"] === "cli",
    inbox: path === undefined ? undefined : { path, token: filled(env["CLAUDE_CODE_MESSAGING_TOKEN"]) },
  };
}

const filled = (text: string | undefined) => (text === "" ? undefined : text);
