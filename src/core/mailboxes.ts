import { anyPerson, machineOf } from "./agent-name.ts";
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
  if (principal.kind === "person") return { name: principal.name, mailboxes: [principal.name, anyPerson] };
  if (principal.kind === "service") return { name: principal.name, mailboxes: [principal.name] };
  if (label === undefined) return undefined;
  const { sender: name } = provenSender(principal, label);
  if (isVerified(principal)) return { name, mailboxes: [...new Set([name, principal.name])] };
  // Nobody proves anything here: a person's page says who it is, and a machine is the part before the slash.
  return { name, mailboxes: [...new Set([name, machineOf(name) ?? name])] };
}
