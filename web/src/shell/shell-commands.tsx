import { useLocation } from "wouter";
import { useCommand } from "../keys/use-command.ts";
import { paths } from "../routes.ts";
import { themeSetting } from "../settings/theme.ts";

/** The commands that work on every screen. */
export function ShellCommands() {
  const [, go] = useLocation();
  useCommand("go-needs", () => go(paths.needs));
  useCommand("go-all", () => go(paths.all));
  useCommand("go-machines", () => go(paths.machines));
  useCommand("go-health", () => go(paths.health));
  useCommand("go-connect", () => go(paths.connect));
  useCommand("go-settings", () => go(paths.settings));
  useCommand("theme", changeTheme);
  return undefined;
}

function changeTheme(): void {
  const isDark = getComputedStyle(document.documentElement).colorScheme === "dark";
  themeSetting.set(isDark ? "paper" : "ink");
}
