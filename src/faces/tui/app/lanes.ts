import { anyPerson, machineOf } from "../../../core/agent-name.ts";
import type { Row } from "../../../view/live/rows.ts";
import { saidOf } from "../said-of.ts";

/** Those who have no room of their own. */
export const others = "others";

/** So many of the last rows are looked through for who speaks. */
const mostLooked = 2_000;

/**
 * Who has a lane on the wire: machine by machine, in the order of their first word, people at the end. Of more than
 * there is room for, the quietest share one.
 */
export function lanesOf(rows: readonly Row[], most: number): readonly string[] {
  const spoken = new Map<string, number>();
  const count = (name: string | undefined) => {
    if (name !== undefined) spoken.set(name, (spoken.get(name) ?? 0) + 1);
  };
  for (const row of rows.slice(-mostLooked)) {
    if (row.kind !== "message") continue;
    count(row.message.sender);
    count(saidOf(row.message).said.to);
  }
  const names = [...spoken.keys()];
  const agents = names.filter((name) => name !== anyPerson);
  const room = most - 1 - (names.length - agents.length);
  const loudest = agents.toSorted((a, b) => (spoken.get(b) ?? 0) - (spoken.get(a) ?? 0)).slice(0, Math.max(1, room));
  const kept = names.length <= most ? names : names.filter((name) => name === anyPerson || loudest.includes(name));
  const machines = [...new Set(kept.map(machineOrName))];
  const place = (name: string) => (name === anyPerson ? machines.length : machines.indexOf(machineOrName(name)));
  const ordered = kept.toSorted((a, b) => place(a) - place(b));
  return names.length <= most ? ordered : [...ordered, others];
}

const machineOrName = (name: string) => machineOf(name) ?? name;

/** Whose tasks are open after each row: they were asked, and have not answered. */
export function openTasksAfter(rows: readonly Row[]): readonly ReadonlySet<string>[] {
  const open = new Map<string, string>();
  return rows.map((row) => {
    if (row.kind === "message") {
      const { said } = saidOf(row.message);
      if (said.type === "task" && said.to !== undefined) open.set(row.key, said.to);
      if (said.replyTo !== undefined && said.type !== "ack" && open.get(said.replyTo) === row.message.sender)
        open.delete(said.replyTo);
    }
    return new Set(open.values());
  });
}
