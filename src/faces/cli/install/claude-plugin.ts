import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { LocalFolders } from "../../../config/local-folders.ts";
import { CommandError } from "../command-error.ts";
import { quote } from "../connect-lines.ts";
import { fingerprint, keepCopy, readText, restore } from "./edit-file.ts";
import type { InstalledFile } from "./installed.ts";
import { shortPath, type Step } from "./step.ts";

/** What our plugin and its marketplace are called. Claude Code lets no plugin's name begin with `claude-`. */
const marketplace = "claude-bridge";
const plugin = `bridge@${marketplace}`;

export const hasClaude = (): boolean => run(["--version"]).status === 0;

/** The commands that give Claude Code the plugin. */
export const claudeCommands = (folder: string, scope: string): readonly (readonly string[])[] => [
  ["plugin", "marketplace", "add", folder],
  ["plugin", "install", plugin, "--scope", scope],
];

export const asLine = (args: readonly string[]): string => ["claude", ...args].map(quote).join(" ");

/**
 * The command that takes away what an older line of ours has added for all projects, if it has: otherwise the agent
 * would have every tool twice.
 */
export function olderServer({ home, claude }: LocalFolders): string | undefined {
  const path = join(claude === join(home, ".claude") ? home : claude, ".claude.json");
  try {
    const { mcpServers } = JSON.parse(readText(path)) as { readonly mcpServers?: object };
    if (mcpServers !== undefined && Object.hasOwn(mcpServers, older))
      return asLine(["mcp", "remove", "-s", "user", older]);
  } catch {
    // There is none yet, or it is not for us to judge.
  }
  return undefined;
}

const older = "claude-bridge";

/** Claude Code changes its settings itself; what they were is kept, as with every file. */
export function addPlugin(
  folders: LocalFolders,
  { folder, scope }: { readonly folder: string; readonly scope: string },
  before: InstalledFile | undefined,
  remember: (file: InstalledFile) => void,
): readonly Step[] {
  const path = join(folders.claude, "settings.json");
  const keep: Step = {
    shown: existsSync(path) ? [`keep  a copy of ${shortPath(path, folders.home)}, which Claude Code changes:`] : [],
    make: () => remember({ client: "claude", path, backup: keepCopy(path), scope }),
  };
  return [...(before === undefined ? [keep] : []), ...claudeCommands(folder, scope).map(commandStep)];
}

/** Only what is there: somebody may have taken a part away by hand. */
export function removePlugin(file: InstalledFile): readonly Step[] {
  const { path, scope = "user" } = file;
  const has = (list: readonly string[], name: string) => run([...list, "--json"]).stdout.includes(`"${name}"`);
  const uninstall = has(["plugin", "list"], plugin) ? [["plugin", "uninstall", plugin, "--scope", scope]] : [];
  const forget = has(["plugin", "marketplace", "list"], marketplace)
    ? [["plugin", "marketplace", "remove", marketplace]]
    : [];
  return [...[...uninstall, ...forget].map(commandStep), { shown: [], make: () => tidySettings(path, file.backup) }];
}

/** The settings as they were, when all that is left of us are the empty lists that Claude Code has made for us. */
function tidySettings(path: string, backup: string | undefined): void {
  if (!existsSync(path) || (backup !== undefined && !existsSync(backup))) return;
  const isSame = backup !== undefined && fingerprint(path) === fingerprint(backup);
  if (isSame) return rmSync(backup);
  const before = backup === undefined ? {} : withoutEmpty(readText(backup));
  if (before !== undefined && isDeepStrictEqual(withoutEmpty(readText(path)), before)) restore(path, backup);
}

function withoutEmpty(text: string): object | undefined {
  try {
    const settings: unknown = JSON.parse(text);
    if (typeof settings !== "object" || settings === null) return undefined;
    return Object.fromEntries(
      Object.entries(settings).filter(([key, value]) => !made.includes(key) || JSON.stringify(value) !== "{}"),
    );
  } catch {
    return undefined;
  }
}

const made = ["enabledPlugins", "extraKnownMarketplaces"];

const commandStep = (args: readonly string[]): Step => ({
  shown: [`run   ${asLine(args)}`],
  make() {
    const { status, stdout, stderr } = run(args);
    if (status === 0) return;
    const reason = `${stdout}${stderr}`.trim().split("\n").at(-1) ?? "";
    throw new CommandError("failure", `${asLine(args)}: ${reason}`, { fix: "see what claude doctor says" });
  },
});

/** Its command is a script on Windows, which only a shell starts. */
const run = (args: readonly string[]) =>
  process.platform === "win32"
    ? spawnSync(asLine(args), { encoding: "utf8", shell: true })
    : spawnSync("claude", args, { encoding: "utf8" });
