import { loadConfig } from "../../../config.ts";
import type { LocalProgram } from "../../../shim/local/ask-shim.ts";

/** What this program knows of itself that is to find the shim of its session. */
export function localProgram(): LocalProgram & { readonly isAtTerminal: boolean } {
  const { client, session } = loadConfig({});
  return { stateFolder: client.stateFolder, project: session.project, isAtTerminal: session.isAtTerminal };
}
