import { statSync } from "node:fs";
import { connect } from "node:net";
import type { Session } from "../../config/session.ts";
import type { Way } from "./way.ts";

/**
 * The socket on which Claude Code takes messages for a session. The form of a message is not documented, and nobody
 * answers; so it is used only where the client says that it has one, and counts for nothing until the agent has read.
 */
export function inboxSocket(inbox: Session["inbox"]): Way {
  let nudges = 0;
  return {
    name: "inbox-socket",
    isAvailable: () => inbox !== undefined && isThere(inbox.path),
    async nudge(text) {
      if (inbox === undefined) return;
      const { path, token } = inbox;
      nudges += 1;
      // The client drops a message that says the same as an earlier one.
      const content = nudges === 1 ? text : `${text} (nudge ${nudges})`;
      const frame = { type: "user", message: { role: "user", content } };
      const lines = token === undefined ? [frame] : [{ type: "auth", token }, frame];
      await write(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    },
  };
}

/** A socket of this user; a named pipe cannot be looked at without connecting. */
function isThere(path: string): boolean {
  if (process.platform === "win32") return true;
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isSocket() === true && found.uid === process.getuid?.();
}

/** A client that has stopped reading must not hold us. */
const writeWithinMs = 2000;

function write(path: string, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.setTimeout(writeWithinMs, () => socket.destroy(new Error("the session's inbox does not read")));
    socket.once("error", reject);
    socket.once("close", () => resolve());
    socket.end(text);
    socket.resume();
  });
}
