import { spawn } from "node:child_process";
import type { ReceivedMessage } from "../../../client/index.ts";
import { withVariables } from "../../../config/child-environment.ts";
import { wordsOf } from "../../../view/message-words.ts";

/** An id of ours; an imported one could be anything. */
const plainId = /^[0-9a-zA-Z][0-9a-zA-Z-]*$/;

/**
 * Runs the command with the message's text as its standard input, and what else is known of it in variables. Nothing of
 * a message becomes a part of the command but, for `{}`, an id that is made of letters, digits and dashes.
 *
 * @returns its exit code; 127 for one that cannot be started.
 */
export function runCommand(command: string, message: ReceivedMessage): Promise<number> {
  const { id, channel, sender } = message;
  const { text, type = "", thread = "" } = wordsOf(message);
  const line = plainId.test(id) ? command.replaceAll("{}", id) : command;
  const told = { ID: id, CHANNEL: channel, FROM: sender, TYPE: type, THREAD: thread };
  return new Promise((resolve) => {
    const child = spawn(line, {
      shell: true,
      stdio: ["pipe", "inherit", "inherit"],
      env: withVariables(Object.fromEntries(Object.entries(told).map(([name, value]) => [`MESSAGE_${name}`, value]))),
    });
    // It need not read it.
    child.stdin.on("error", () => {});
    child.stdin.end(text);
    child.once("error", () => resolve(127));
    child.once("close", (code) => resolve(code ?? 1));
  });
}
