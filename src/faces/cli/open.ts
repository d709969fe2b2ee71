import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Config } from "../../config.ts";
import { replacePrivateFile } from "../../config/private-file.ts";
import { withBridge } from "./ask-bridge.ts";
import { CommandError } from "./command-error.ts";
import { note, print, printJson } from "./output.ts";
import { localTime } from "./times.ts";

/** Prints a link that signs a browser in, once, and opens it where somebody can see a browser. */
export const openCommand = (config: Config, name: string | undefined): Promise<void> =>
  withBridge(config, async (bridge) => {
    if (bridge.urls.length === 0) {
      throw new CommandError("unreachable", `no relay runs on ${bridge.place}`, { fix: "start it with claude-bridge" });
    }
    const { url_fragment: fragment, expires_at: until } = await bridge.call("sign_in_link", { name });
    const url = `${bridge.place}/${fragment}`;
    if (config.isJson) return printJson({ url, expires_at: until });
    print(url);
    note(`It signs in one browser, once, until ${localTime(until)}.`);
    if (process.stdout.isTTY && config.client.hasDisplay) show(url, config.client.folder);
  });

/**
 * Through a page that leads to the link: what a program is started with can be seen by every user of the machine. The
 * page may stay, as its link has soon expired.
 */
function show(url: string, folder: string): void {
  const page = join(folder, "open.html");
  replacePrivateFile(page, `<!doctype html><meta http-equiv="refresh" content="0;url=${url}">\n`);
  openInBrowser(page);
}

/** An address or a file, which everybody on this machine may see. Without a browser nothing happens. */
export function openInBrowser(target: string): void {
  const [program, ...args] = openers[process.platform] ?? ["xdg-open"];
  const opener = spawn(program, [...args, target], { detached: true, stdio: "ignore" });
  opener.on("error", () => undefined);
  opener.unref();
}

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ["open"],
  win32: ["explorer"],
};
