import { machineOf } from "../core/agent-name.ts";
import type { Clock } from "../core/clock.ts";
import type { Directory } from "../core/directory.ts";
import { createRecipients, type Recipients } from "../core/recipient.ts";
import type { PresenceBook } from "./presence.ts";

/** How long names that others may have brought meanwhile are not asked for again, in milliseconds. */
const freshMs = 2_000;

/** Whom a name can mean: agents that were heard of, and machines and persons that have joined. */
export function createKnownNames(
  presence: Pick<PresenceBook, "list" | "heard">,
  directory: Pick<Directory, "list">,
  clock: Clock,
): () => Promise<Recipients> {
  let known: { readonly recipients: Recipients; readonly at: number; readonly heard: number } | undefined;

  return async () => {
    const now = clock.now();
    const heard = presence.heard().length;
    if (known !== undefined && now - known.at < freshMs && known.heard === heard) return known.recipients;
    const joined = directory.list().filter(({ revokedAt }) => revokedAt === undefined);
    const namesOf = (kind: string) => joined.filter((one) => one.kind === kind).map(({ name }) => name);
    const agents = [...new Set([...(await presence.list()).map(({ name }) => name), ...namesOf("service")])];
    const machines = new Set([...namesOf("machine"), ...agents.flatMap((name) => machineOf(name) ?? [])]);
    const isAgent = new Set(agents);
    const recipients = createRecipients({
      agents,
      machines: [...machines].filter((name) => !isAgent.has(name)),
      persons: namesOf("person"),
    });
    known = { recipients, at: now, heard };
    return recipients;
  };
}
