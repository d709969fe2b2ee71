/** An agent is `<machine>/<role>`; without a credential it is whatever it calls itself. */

/** The name under which a message is for whoever sits at a keyboard. */
export const anyPerson = "you";

/** What is behind the machine; undefined for a name without one. */
export function roleOf(agent: string): string | undefined {
  const slash = agent.indexOf("/");
  return slash < 0 ? undefined : agent.slice(slash + 1);
}

/** What is before the role; undefined for a name without one. */
export function machineOf(agent: string): string | undefined {
  const slash = agent.indexOf("/");
  return slash < 0 ? undefined : agent.slice(0, slash);
}

/** The same for names that differ only in case, or in how their accents are put together. */
export const folded = (name: string): string => name.normalize("NFC").toLowerCase();
