import type { Config } from "../../config.ts";
import { withBridge } from "./ask-bridge.ts";
import { note, print, printJson, printTable } from "./output.ts";

export const wakeListCommand = (config: Config): Promise<void> =>
  withBridge(config, async (bridge) => {
    const { rules } = await bridge.call("wake_rules");
    if (config.isJson) return printJson({ rules });
    if (rules.length === 0) return note("there are no wake rules: an agent is woken by what is for it");
    printTable(
      ["ID", "AGENT", "CHANNEL", "WAKES"],
      rules.map(({ id, agent, channel, wake }) => [id, agent, channel, wake]),
    );
  });

export const wakeSetCommand = (config: Config, agent: string, channel: string, wake: string): Promise<void> =>
  withBridge(config, async (bridge) => {
    const rule = await bridge.call("wake_rule_set", { agent, channel, wake });
    if (config.isJson) return printJson({ rule });
    print(`${rule.id}: ${rule.agent} in ${rule.channel} ${words[rule.wake]}`);
  });

const words = {
  always: "is woken by whatever comes",
  addressed: "is woken by what is for it",
  never: "is woken by nothing, and finds its messages when it looks",
} as const;

export const wakeRemoveCommand = (config: Config, id: string): Promise<void> =>
  withBridge(config, async (bridge) => {
    await bridge.call("wake_rule_remove", { id });
    if (config.isJson) return printJson({ id, removed: true });
    print(`wake rule ${id} is gone`);
  });
