import { anyPerson, machineOf, roleOf } from "./agent-name.ts";
import { isVerified, type Principal } from "./principal.ts";
import { provenSender } from "./provenance.ts";

/** As whom somebody calls: the agent's proven name, and every name under which there may be mail for it. */
export interface Self {
  readonly name: string;
  readonly mailboxes: readonly string[];
}

/**
 * Who calls, for receipts and presence, when it says that it is `label`. Undefined for whoever says nothing and has no
 * name of its own: a machine's credential alone is not an agent.
 */
export function selfOf(principal: Principal, label: string | undefined): Self | undefined {
  const names = [principal.name, ...(principal.formerly ?? [])];
  if (principal.kind === "person") return { name: principal.name, mailboxes: [...names, anyPerson] };
  if (principal.kind === "service") return { name: principal.name, mailboxes: names };
  if (label === undefined) return undefined;
  const { sender: name } = provenSender(principal, label);
  if (isVerified(principal)) {
    // A machine that has another name has the mail of its old one.
    const role = roleOf(name);
    const agents = role === undefined ? [] : names.map((machine) => `${machine}/${role}`);
    return { name, mailboxes: [...new Set([name, ...agents, ...names])] };
  }
  // Nobody proves anything here: a person's page says who it is, and a machine is the part before the slash.
  return { name, mailboxes: [...new Set([name, machineOf(name) ?? name])] };
}
