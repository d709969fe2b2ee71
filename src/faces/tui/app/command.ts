import type { App } from "./state.ts";
import type { Screen } from "./ui.ts";

export const groups = ["Move", "Look", "Write", "Go to", "Program"] as const;

/** Something that a key does. The help, the line of keys and the palette are made of these. */
export interface Command {
  readonly id: string;
  /** The first is the one that is shown. */
  readonly keys: readonly string[];
  readonly group: (typeof groups)[number];
  /** What it does, for the help. */
  readonly title: string;
  /** The same in a word or two, for the line of keys; without one it is not there. */
  readonly short?: string | undefined;
  /** The screens that it is for; all unless told. */
  readonly on?: readonly Screen[] | undefined;
  /** Why it cannot be done now; undefined when it can. */
  readonly whyNot?: ((app: App) => string | undefined) | undefined;
  readonly run: (app: App) => void;
}

/** Does it, or says why not. */
export function perform(app: App, command: Command): void {
  const reason = command.whyNot?.(app);
  if (reason === undefined) command.run(app);
  else app.say(reason, "warn");
}
