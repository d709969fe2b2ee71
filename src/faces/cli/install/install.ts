import { existsSync } from "node:fs";
import { type LocalFolders, localFolders } from "../../../config/local-folders.ts";
import { askPerson } from "../ask-person.ts";
import { CommandError } from "../command-error.ts";
import { note, print } from "../output.ts";
import { addPlugin, asLine, claudeCommands, hasClaude, olderServer, removePlugin } from "./claude-plugin.ts";
import { type Client, type InstalledFile, readInstalled, writeInstalled } from "./installed.ts";
import { copyProgram, programFolder, removeProgram, serverIn } from "./program-folder.ts";
import { addToFile, takeFromFile } from "./server-file.ts";
import { showSteps, type Step } from "./step.ts";

export interface InstallOptions {
  readonly scope: string;
  readonly isDryRun: boolean;
  /** Does not ask. */
  readonly isSure: boolean;
}

/** Gives the clients of this machine the bridge's tools, and Claude Code the whole plugin. */
export async function installCommand(client: Client | undefined, options: InstallOptions): Promise<void> {
  const folders = localFolders();
  const folder = programFolder(folders);
  const chosen = client === undefined ? clientsOf(folders) : [client];
  if (chosen.length === 0) {
    throw new CommandError("not_found", "there is neither Claude Code nor Codex on this machine", {
      fix: "name one of claude, codex and json to do it all the same",
    });
  }
  const has = chosen.includes("claude") && hasClaude();
  const lines = has || !chosen.includes("claude") ? [] : claudeCommands(folder, options.scope).map(asLine);

  const files = [...readInstalled(folders.data)];
  const remember = (file: InstalledFile) => {
    const at = files.findIndex(({ path }) => path === file.path);
    files.splice(at < 0 ? files.length : at, at < 0 ? 0 : 1, file);
    writeInstalled(folders.data, files);
  };
  const steps = chosen.flatMap((name): readonly Step[] => {
    if (name !== "claude") return addToFile(name, folders, serverIn(folder), files, remember);
    const before = files.find((file) => file.client === "claude");
    return has ? addPlugin(folders, { folder, scope: options.scope }, before, remember) : [];
  });
  const isDone = await makeSteps([copyProgram(folders), ...steps], options);
  if (lines.length > 0) {
    note("claude is not on the PATH. Where it is, run:");
    for (const line of lines) print(line);
  }
  const older = chosen.includes("claude") ? olderServer(folders) : undefined;
  if (older !== undefined) note(`Claude Code has the bridge's tools twice now. To take away the older ones: ${older}`);
  if (isDone) note(`Installed for ${chosen.join(", ")}; new sessions have it. To undo it: claude-bridge uninstall`);
}

/** Undoes all that `install` has done, or what it has done for one client. */
export async function uninstallCommand(client: Client | undefined, options: InstallOptions): Promise<void> {
  const folders = localFolders();
  const files = readInstalled(folders.data);
  const chosen = files.filter((file) => client === undefined || file.client === client);
  const rest = files.filter((file) => !chosen.includes(file));
  const steps = chosen.flatMap((file): readonly Step[] => {
    const { client: name } = file;
    return name === "claude" ? removePlugin(file) : takeFromFile({ ...file, client: name }, folders.home);
  });
  const isLast = rest.length === 0 && existsSync(folders.data) && existsSync(programFolder(folders));
  const forget: Step = { shown: [], make: () => writeInstalled(folders.data, rest) };
  const last = isLast ? [removeProgram(folders)] : files.length > 0 ? [forget] : [];
  if (steps.length + last.length === 0) return note("nothing is installed");
  if (await makeSteps([...steps, ...last], options)) note("Uninstalled. Sessions that run keep it until they end");
}

/** Those that are here. A project's own file is for whoever works on the project, so it must be asked for. */
function clientsOf({ codex }: LocalFolders): readonly Client[] {
  return [...(hasClaude() ? (["claude"] as const) : []), ...(existsSync(codex) ? (["codex"] as const) : [])];
}

/** Whether they were made. */
async function makeSteps(steps: readonly Step[], { isDryRun, isSure }: InstallOptions): Promise<boolean> {
  showSteps(steps, { isDryRun });
  if (isDryRun) {
    note("nothing was changed");
    return false;
  }
  const isAsked = !isSure && process.stdin.isTTY && process.stderr.isTTY;
  if (isAsked && /^n/i.test(await askPerson("Do this? [Y/n] ", "give --yes where nobody can be asked"))) {
    note("nothing was changed");
    return false;
  }
  for (const step of steps) step.make();
  return true;
}
