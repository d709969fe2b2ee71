import { expect, it } from "vitest";
import { readLocalFolders } from "./local-folders.ts";

const folders = (sources: Partial<Parameters<typeof readLocalFolders>[0]>) =>
  readLocalFolders({ env: {}, homeDir: "/home/ada", platform: "linux", ...sources });

it("keeps what is installed where the system keeps data", () => {
  expect(folders({}).data).toBe("/home/ada/.local/share/claude-bridge");
  expect(folders({ env: { XDG_DATA_HOME: "/data" } }).data).toBe("/data/claude-bridge");
  expect(folders({ env: { XDG_DATA_HOME: "data" } }).data).toBe("/home/ada/.local/share/claude-bridge");
  expect(folders({ platform: "win32", env: { LOCALAPPDATA: "/Users/ada/Local" } }).data).toBe(
    "/Users/ada/Local/claude-bridge",
  );
});

it("finds the clients' folders where they were told to keep them", () => {
  expect(folders({})).toMatchObject({ claude: "/home/ada/.claude", codex: "/home/ada/.codex" });
  const env = { CLAUDE_CONFIG_DIR: "/etc/claude", CODEX_HOME: "/etc/codex" };
  expect(folders({ env })).toMatchObject({ claude: "/etc/claude", codex: "/etc/codex" });
});
