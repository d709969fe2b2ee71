import type { Config } from "../../../config.ts";
import { formatTime } from "../../../core/time.ts";
import { note, printJson, printTable } from "../output.ts";
import { localTimeToSeconds } from "../times.ts";
import { agentJson } from "./json-forms.ts";
import { channelsIn } from "./scope.ts";
import { withReader } from "./with-client.ts";

/** The channels that have messages, the one that was used last first. */
export const lsCommand = (config: Config, words: readonly string[]): Promise<void> =>
  withReader(config, async (client) => {
    const channels = await channelsIn(client, words.length === 0 ? ["*"] : words);
    if (config.isJson) {
      const rows = channels.map(({ channel, messages, lastAcceptedAt, senders }) => {
        return { channel, messages, last_at: formatTime(lastAcceptedAt), senders };
      });
      return printJson({ channels: rows });
    }
    if (channels.length === 0)
      return note(`no channel has messages; send the first: claude-bridge send general:sync hi`);
    printTable(
      ["CHANNEL", "MESSAGES", "LAST", "SENDERS"],
      channels.map(({ channel, messages, lastAcceptedAt, senders }) => {
        return [channel, `${messages}`, localTimeToSeconds(lastAcceptedAt), sayFew(senders)];
      }),
    );
  });

/** Who is there, and whether a message would be noticed. */
export const psCommand = (config: Config): Promise<void> =>
  withReader(config, async (client) => {
    const agents = (await client.agents()).toSorted((a, b) => b.lastSeen - a.lastSeen);
    if (config.isJson) return printJson({ agents: agents.map(agentJson) });
    if (agents.length === 0) return note("no agent was here yet");
    printTable(
      ["AGENT", "REACH", "DOING", "PROJECT", "CLIENT", "LAST SEEN"],
      agents.map(({ name, reach, doing, waitingOn, project = "", client: program, lastSeen }) => {
        const busy = waitingOn === undefined ? doing : `${doing} on ${waitingOn}`;
        const known = program === undefined ? "" : `${program.name} ${program.version}`;
        return [name, reach, busy, project, known, localTimeToSeconds(lastSeen)];
      }),
    );
  });

const mostNamed = 4;

function sayFew(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  return names.slice(0, mostNamed).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
