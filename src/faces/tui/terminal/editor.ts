import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Nobody writes a longer message by hand. */
const longestBytes = 1_000_000;

/**
 * What a person makes of the text in an editor, which has the terminal meanwhile. The file is for nobody else, and is
 * gone afterwards. `command` is a line for the shell, as `$EDITOR` is.
 */
export async function editText(command: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "claude-bridge-"));
  const file = join(folder, "message.md");
  try {
    await writeFile(file, text, { mode: 0o600 });
    await run(command, file);
    const written = await readFile(file, "utf8");
    if (Buffer.byteLength(written) > longestBytes) throw new Error("the text is longer than 1 MB");
    return written;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(command: string, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // The file's name is ours, and has nothing in it that a shell would take for more.
    const editor = spawn(`${command} "${file}"`, { shell: true, stdio: "inherit" });
    editor.on("error", reject);
    editor.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code ?? "a signal"}`)),
    );
  });
}
