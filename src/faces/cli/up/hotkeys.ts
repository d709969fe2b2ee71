import { note } from "../output.ts";

export interface Hotkey {
  readonly key: string;
  /** In the line that lists them. */
  readonly label: string;
  press(): void | Promise<void>;
}

export const keyLine = (keys: readonly Hotkey[]): string =>
  `  ${[...keys.map(({ key, label }) => `${key} ${label}`), "? help", "Ctrl-C stop"].join("   ")}`;

const interrupt = "\u0003";

/** Runs what a key stands for when it is pressed at the terminal, until it is closed. One at a time. */
export function listenForKeys(keys: readonly Hotkey[]): { close(): void } {
  const { stdin } = process;
  let last: Promise<void> = Promise.resolve();
  const press = async (key: string) => {
    if (key === "?") return note(keyLine(keys));
    try {
      await keys.find((one) => one.key === key)?.press();
    } catch (error) {
      note(error instanceof Error ? error.message : String(error));
    }
  };
  const read = (text: string) => {
    for (const key of text) {
      // The terminal hands it on as a key like others.
      if (key === interrupt) process.kill(process.pid, "SIGINT");
      else last = last.then(() => press(key));
    }
  };
  stdin.setRawMode(true);
  stdin.setEncoding("utf8").on("data", read).resume();
  return {
    close() {
      stdin.off("data", read).pause();
      stdin.setRawMode(false);
    },
  };
}
