import type { Config } from "../../config.ts";
import { withBridge } from "./ask-bridge.ts";
import { askPerson } from "./ask-person.ts";
import { note, print, printJson } from "./output.ts";
import { localTime } from "./times.ts";

export const clearCommand = (config: Config, channel: string, isSure: boolean): Promise<void> =>
  withBridge(config, async (bridge) => {
    if (!isSure && !(await agrees(channel))) return note("nothing was deleted");
    const answer = await bridge.call("clear", { channel });
    if (config.isJson) return printJson(answer);
    print(`${answer.cleared} ${answer.cleared === 1 ? "message" : "messages"} deleted from ${channel}`);
    if (answer.id !== undefined)
      note(`until ${localTime(answer.undo_until)} it can be undone: claude-bridge undo ${answer.id}`);
  });

export const undoCommand = (config: Config, id: string): Promise<void> =>
  withBridge(config, async (bridge) => {
    const answer = await bridge.call("undo", { id });
    if (config.isJson) return printJson(answer);
    print(`${answer.restored} ${answer.restored === 1 ? "message is" : "messages are"} back in ${answer.channel}`);
  });

async function agrees(channel: string): Promise<boolean> {
  const question = `Delete every message in ${channel}, for everybody? [y/N] `;
  return /^y(es)?$/i.test(await askPerson(question, "give --yes to clear a channel where nobody can be asked"));
}
