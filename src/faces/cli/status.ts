import type { Config } from "../../config.ts";
import { withBridge } from "./ask-bridge.ts";
import { print, printJson } from "./output.ts";
import { visibleOnLine } from "./visible-on-line.ts";

/** Which bridge commands ask from here, and who they are there. */
export const statusCommand = (config: Config): Promise<void> =>
  withBridge(config, async (bridge) => {
    const me = await bridge.call("whoami");
    if (config.isJson) return printJson({ bridge: bridge.name, place: bridge.place, urls: bridge.urls, ...me });
    const { principal, permissions, channels } = me;
    print(`bridge   ${bridge.name === undefined ? "" : `${visibleOnLine(bridge.name)}, `}${bridge.place}`);
    print(`you are  ${visibleOnLine(principal.name)} (${principal.kind}${principal.verified ? "" : ", unverified"})`);
    print(`you may  ${permissions.join(", ") || "nothing"}`);
    if (!channels.includes("*")) print(`only in  ${channels.map(visibleOnLine).join(", ")}`);
    if (bridge.urls.length === 0) print("no relay runs on this database");
  });
