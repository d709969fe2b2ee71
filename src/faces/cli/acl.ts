import type { Config } from "../../config.ts";
import { withBridge } from "./ask-bridge.ts";
import { listed } from "./asking-command.ts";
import { print, printJson, printTable } from "./output.ts";

export const aclListCommand = (config: Config): Promise<void> =>
  withBridge(config, async (bridge) => {
    const { rules, default: policy } = await bridge.call("rules");
    if (config.isJson) return printJson({ default: policy, rules });
    print(
      policy === "open"
        ? "open: everybody may do what their credential says, and the rules are not asked"
        : "deny: only what a rule allows",
    );
    if (rules.length === 0) return;
    printTable(
      ["ID", "WHO", "MAY", "CHANNELS"],
      rules.map(({ id, name, permissions, channels }) => [id, name, permissions.join(","), channels.join(",")]),
    );
  });

export interface AllowOptions {
  readonly permissions?: string;
}

export const aclAllowCommand = (
  config: Config,
  subject: string,
  channels: string,
  options: AllowOptions,
): Promise<void> =>
  withBridge(config, async (bridge) => {
    const permissions = listed(options.permissions ?? "read,write,claim");
    const rule = await bridge.call("rule_set", { subject, channels: listed(channels), permissions });
    if (config.isJson) return printJson({ rule });
    print(`${rule.id}: ${rule.name} may ${rule.permissions.join(", ")} in ${rule.channels.join(", ")}`);
  });

export const aclRemoveCommand = (config: Config, id: string): Promise<void> =>
  withBridge(config, async (bridge) => {
    await bridge.call("rule_remove", { id });
    if (config.isJson) return printJson({ id, removed: true });
    print(`rule ${id} is gone`);
  });

export const aclDefaultCommand = (config: Config, policy: string): Promise<void> =>
  withBridge(config, async (bridge) => {
    await bridge.call("policy_set", { default: policy });
    if (config.isJson) return printJson({ default: policy });
    print(policy === "deny" ? "from now on only what a rule allows is allowed" : "rules are no longer asked");
  });
