import { note, print } from "../output.ts";
import { visibleOnLine } from "../visible-on-line.ts";

/** One change of this machine: it is shown before it is made, word for word. */
export interface Step {
  readonly shown: readonly string[];
  make(): void;
}

/** Shows what would be done, where somebody can see the rest of it too. */
export function showSteps(steps: readonly Step[], { isDryRun }: { readonly isDryRun: boolean }): void {
  const say = isDryRun ? print : note;
  for (const line of steps.flatMap(({ shown }) => shown)) say(visibleOnLine(line));
}

/** As a person writes a path below their home. */
export const shortPath = (path: string, home: string): string =>
  path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
