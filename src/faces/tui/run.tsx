import { writeSync } from "node:fs";
import type { ReadStream, WriteStream } from "node:tty";
import { type Instance, render, type SuspendTerminal } from "ink";
import type { BridgeClient } from "../../client/index.ts";
import type { Clock } from "../../core/clock.ts";
import { clientSource } from "../../view/live/source.ts";
import { createLive } from "../../view/live/live.ts";
import { createApp } from "./app/create-app.ts";
import { historyFor } from "./app/history-for.ts";
import { pointed } from "./app/pointed.ts";
import { createTicks } from "./app/ticks.ts";
import { Screen } from "./screen.tsx";
import type { TuiSettings } from "./settings.ts";
import { editText } from "./terminal/editor.ts";
import { type EndSignal, guardTerminal } from "./terminal/end-signals.ts";
import { createHold, type Hold, stopUntilContinued } from "./terminal/hold.ts";
import { createTerminalInput } from "./terminal/input.ts";
import { bell, copySequence, enterModes, leaveModes } from "./terminal/modes.ts";

export interface Terminal {
  readonly input: ReadStream;
  readonly output: WriteStream & { readonly fd?: number };
}

export interface TuiOptions {
  readonly client: BridgeClient;
  readonly settings: TuiSettings;
  readonly terminal: Terminal;
  readonly clock?: Clock;
}

/** Shows the bridge until a person quits, or a signal ends it: then the answer is that signal. */
export async function runTui({ client, settings, terminal, clock }: TuiOptions): Promise<EndSignal | undefined> {
  const { input, output } = terminal;
  const live = createLive({ client, source: clientSource(client) });
  const write = (text: string) => void output.write(text);
  const events = createTerminalInput(input, (event) => pointed(app, event));
  let hold: Hold | undefined;
  let instance: Instance | undefined;
  let ended: EndSignal | undefined;
  const app = createApp({
    client,
    live,
    historyOf: (place) => historyFor(client, place),
    settings,
    size: () => ({ columns: output.columns, rows: output.rows }),
    terminal: {
      copy: (text) => write(copySequence(text)),
      ring: () => app.ui().isFocused || write(bell),
      suspend: () => void hold?.(stopUntilContinued),
      redraw: () => void hold?.(() => Promise.resolve()),
      edit: (text) => hold?.(() => editText(settings.editor, text)) ?? Promise.resolve(text),
      quit: () => instance?.unmount(),
    },
    ...(clock === undefined ? {} : { clock }),
  });
  // What ends the process does not wait for a stream.
  const release = guardTerminal(
    (text) => void writeSync(output.fd ?? 1, text),
    (signal) => {
      ended = signal;
      instance?.unmount();
    },
  );
  const stopTicks = createTicks(app);
  const redrawn = () => app.change({});
  output.on("resize", redrawn);
  events.resume();
  function ready(suspendTerminal: SuspendTerminal): void {
    hold = createHold({ suspendTerminal, write, input: events });
  }
  // What was typed ahead stands in the first line; the first frame begins where the cursor is.
  write(`\r${enterModes}`);
  instance = render(<Screen app={app} ready={ready} />, { stdin: events.keys, stdout: output, ...rendering });
  try {
    await instance.waitUntilExit();
  } finally {
    write(leaveModes);
    output.off("resize", redrawn);
    stopTicks();
    app.close();
    live.close();
    events.pause();
    release();
  }
  return ended;
}

/** Ctrl-C is a key like others, and nothing writes to the terminal but the frames. */
const rendering = {
  alternateScreen: true,
  incrementalRendering: true,
  interactive: true,
  exitOnCtrlC: false,
  patchConsole: false,
} as const;
