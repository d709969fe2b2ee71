import type { SuspendTerminal } from "ink";
import { enterModes, leaveModes } from "./modes.ts";

/** Lets something else have the terminal; afterwards it is ours again, and drawn anew. */
export type Hold = <Result>(use: () => Promise<Result>) => Promise<Result>;

export interface Held {
  readonly suspendTerminal: SuspendTerminal;
  readonly write: (text: string) => void;
  readonly input: { pause(): void; resume(): void };
}

export const createHold = ({ suspendTerminal, write, input }: Held): Hold =>
  async function hold<Result>(use: () => Promise<Result>): Promise<Result> {
    await using _suspension = await suspendTerminal();
    write(leaveModes);
    input.pause();
    try {
      return await use();
    } finally {
      input.resume();
      write(enterModes);
    }
  };

/** As a shell does it: the whole job stops, and goes on when it is taken up again. */
export function stopUntilContinued(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGCONT", () => resolve());
    // The group, as Ctrl-Z does at a terminal: what started us waits for us.
    process.kill(0, "SIGTSTP");
  });
}
