import { resolve } from "node:path";
import type { Config } from "../../config.ts";
import { anyPerson } from "../../core/agent-name.ts";
import { CommandError } from "./command-error.ts";
import { openInBrowser } from "./open.ts";
import { subCommand } from "./verbs/sub.ts";
import { withReader } from "./verbs/with-client.ts";

export interface TuiOptions {
  readonly sender?: string;
  readonly tokenFile?: string;
  readonly theme: string;
  readonly plain?: boolean;
}

const themes = ["ink", "paper", "terminal"] as const;

/** As many messages as are printed before those that come. */
const lastPrinted = "20";

/** What a shell says of a program that a signal has ended. */
const signalCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Fills the terminal until a person quits; prints lines where there is none, or nobody wants it filled. */
export async function tuiCommand(
  given: Config,
  { sender, tokenFile, theme, plain = false }: TuiOptions,
): Promise<void> {
  const config = tokenFile === undefined ? given : withTokenFile(given, tokenFile);
  const chosen = themes.find((known) => known === theme);
  if (chosen === undefined) throw new CommandError("usage", `--theme is one of ${themes.join(", ")}`);
  const { stdin, stdout } = process;
  if (plain || config.terminal.isDumb || !stdin.isTTY || !stdout.isTTY) {
    return subCommand(config, ["*"], { last: lastPrinted });
  }
  const { runTui } = await import("../tui/run.tsx");
  const signal = await withReader(config, (client, { url, name }) =>
    runTui({
      client,
      settings: {
        bridge: name,
        url,
        // Whoever sits at a terminal is the person that questions are for.
        sender: sender ?? config.client.sender ?? anyPerson,
        theme: chosen,
        colours: config.terminal.colours,
        editor: config.terminal.editor,
        openInBrowser: config.client.hasDisplay ? openInBrowser : undefined,
      },
      terminal: { input: stdin, output: stdout },
    }),
  );
  // A connection that is being tried, or a text that is being sent, keeps nobody at a screen that is gone.
  process.exit(signal === undefined ? 0 : signalCodes[signal]);
}

/** What is named on the command line is nearer than a variable. */
const withTokenFile = (config: Config, file: string): Config => ({
  ...config,
  client: { ...config.client, token: undefined, tokenFile: resolve(file), tokenFileLabel: "--token-file" },
});
