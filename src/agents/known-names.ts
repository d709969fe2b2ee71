import { machineOf, roleOf } from "../core/agent-name.ts";
import type { Clock } from "../core/clock.ts";
import type { Directory, PrincipalRow } from "../core/directory.ts";
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
    const current = currentNames(joined);
    const agents = [...new Set([...(await presence.list()).map(({ name }) => current(name)), ...namesOf("service")])];
    const machines = new Set([...namesOf("machine"), ...agents.flatMap((name) => machineOf(name) ?? [])]);
    const isAgent = new Set(agents);
    const { resolve, mentioned } = createRecipients({
      agents,
      machines: [...machines].filter((name) => !isAgent.has(name)),
      persons: namesOf("person"),
    });
    const recipients: Recipients = {
      resolve: (to) => resolve(current(to)),
      mentioned: (name) => mentioned(current(name)),
    };
    known = { recipients, at: now, heard };
    return recipients;
  };
}

/** What a name is now, of which somebody was once called so. */
function currentNames(joined: readonly PrincipalRow[]): (name: string) => string {
  const renamed = new Map(joined.flatMap(({ name, formerly }) => formerly.map((old) => [old, name] as const)));
  return (name) => {
    const machine = machineOf(name);
    const now = renamed.get(machine ?? name);
    if (now === undefined) return name;
    return machine === undefined ? now : `${now}/${roleOf(name)}`;
  };
}
