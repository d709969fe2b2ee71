import type { Config } from "../../config.ts";
import { withBridge } from "./ask-bridge.ts";
import { CommandError } from "./command-error.ts";
import { note, print, printJson, printTable } from "./output.ts";
import { localTime } from "./times.ts";

export interface FreezeOptions {
  readonly machine?: string;
  readonly reason?: string;
}

export const freezeCommand = (config: Config, channel: string | undefined, options: FreezeOptions): Promise<void> =>
  withBridge(config, async (bridge) => {
    const target = targetOf(channel, options.machine);
    const freeze = await bridge.call("freeze", { ...target, reason: options.reason ?? "frozen by the operator" });
    if (config.isJson) return printJson({ freeze });
    print(`nothing is taken ${target.principal === undefined ? "into" : "from"} ${freeze.shown} for now`);
  });

export const unfreezeCommand = (config: Config, channel: string | undefined, options: FreezeOptions): Promise<void> =>
  withBridge(config, async (bridge) => {
    const target = targetOf(channel, options.machine);
    const freeze = await bridge.call("unfreeze", target);
    if (config.isJson) return printJson({ freeze, frozen: false });
    print(`${freeze.shown} is no longer frozen`);
  });

export const freezesCommand = (config: Config): Promise<void> =>
  withBridge(config, async (bridge) => {
    const { freezes } = await bridge.call("freezes");
    if (config.isJson) return printJson({ freezes });
    if (freezes.length === 0) return note("nothing is frozen");
    printTable(
      ["WHAT", "REASON", "SINCE", "BY"],
      freezes.map((row) => [row.shown, row.reason, localTime(row.created_at), row.created_by]),
    );
  });

function targetOf(channel: string | undefined, principal: string | undefined) {
  if ((channel === undefined) !== (principal === undefined)) return { channel, principal };
  throw new CommandError("usage", "name either a channel or, with --machine, who is meant");
}
