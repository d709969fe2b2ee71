import { type BridgeClient, BridgeError, type FoundMessage } from "../../../client/index.ts";
import { CommandError } from "../command-error.ts";
import { visibleOnLine } from "../visible-on-line.ts";

/** Where a shortened id is looked for: this many messages of each of the channels that were used last. */
const channelsLookedAt = 50;
const messagesLookedAt = 200;
const asksAtOnce = 8;
const shortestId = 4;
const mostNamed = 5;

/**
 * The message with this id, or the one whose id begins or ends so among the recent ones.
 *
 * @throws CommandError `not_found`; `usage` when several do.
 */
export async function findMessage(client: BridgeClient, given: string): Promise<FoundMessage> {
  try {
    return await client.find(given);
  } catch (error) {
    if (!(error instanceof BridgeError) || error.code !== "not_found") throw error;
  }
  const wanted = given.replaceAll("…", "").toLowerCase();
  const ids = wanted.length < shortestId ? [] : await recentIds(client);
  const found = ids.filter((id) => id.toLowerCase().startsWith(wanted) || id.toLowerCase().endsWith(wanted));
  const [only, ...others] = found;
  if (only === undefined) {
    throw new CommandError("not_found", `there is no message "${given}", nor a recent one whose id begins or ends so`, {
      fix: `give at least ${shortestId} characters, or the whole id`,
    });
  }
  if (others.length === 0) return client.find(only);
  const named = found.slice(0, mostNamed).map(visibleOnLine).join(", ");
  throw new CommandError("usage", `${found.length} recent messages have ids that begin or end with "${given}"`, {
    fix: `give more of it: ${named}${found.length > mostNamed ? ", …" : ""}`,
  });
}

async function recentIds(client: BridgeClient): Promise<readonly string[]> {
  const { channels } = await client.channels();
  const latest = channels.toSorted((a, b) => b.lastAcceptedAt - a.lastAcceptedAt).slice(0, channelsLookedAt);
  const ids: string[] = [];
  for (let from = 0; from < latest.length; from += asksAtOnce) {
    const pages = latest.slice(from, from + asksAtOnce).map(({ channel }) => idsIn(client, channel));
    ids.push(...(await Promise.all(pages)).flat());
  }
  return ids;
}

/** Rows only: the texts would be megabytes. */
async function idsIn(client: BridgeClient, channel: string): Promise<readonly string[]> {
  const query = [
    ["channel", channel],
    ["limit", messagesLookedAt],
    ["full", 0],
  ] as const;
  const { messages } = (await client.request({ path: "/api/messages", query })) as { readonly messages?: unknown };
  const rows: readonly unknown[] = Array.isArray(messages) ? messages : [];
  return rows.flatMap((row) => {
    const id: unknown = typeof row === "object" && row !== null && "id" in row ? row.id : undefined;
    return typeof id === "string" ? [id] : [];
  });
}
