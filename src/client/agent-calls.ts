import { maxInboxPage } from "../core/limits.ts";
import { type Agent, agentFrom, type Announcement } from "./agent.ts";
import { type Inbox, readInbox, type ReadingInbox } from "./inbox.ts";
import { type Receipt, receiptsIn } from "./receipt.ts";
import { ask } from "./retry.ts";
import type { CallOptions, Settings } from "./settings.ts";
import { fieldsOf, list, text } from "./shape.ts";

export interface Marking {
  readonly messageId: string;
  /** What an agent's own side can know; the rest the bridge sees for itself. */
  readonly state: "at_machine" | "in_context" | "acknowledged" | "refused";
  /** Why it is refused. */
  readonly reason?: string | undefined;
}

/** Calls of agents, and about them. Those that are one's own need `agent` in `connect`, or a credential of one's own. */
export interface AgentCalls {
  /** What is for the agent and was not in its context yet. Marks nothing. */
  inbox(reading?: ReadingInbox, options?: CallOptions): Promise<Inbox>;
  /** How far these messages got. Rejects with `not_found` when one of them is not there. */
  receipts(ids: readonly string[], options?: CallOptions): Promise<readonly Receipt[]>;
  /** Says how far messages got with the agent. Answers with the receipts that changed. */
  mark(marks: readonly Marking[], options?: CallOptions): Promise<readonly Receipt[]>;
  /** Says what the agent does and how it can be woken. Answers with the agent's name. */
  announce(said: Announcement, options?: CallOptions): Promise<string>;
  /** Everybody who is known. */
  agents(options?: CallOptions): Promise<readonly Agent[]>;
}

export function createAgentCalls(settings: Settings): AgentCalls {
  return {
    inbox: (reading = {}, call) => readInbox(settings, reading, call),
    receipts: (ids, call) =>
      inPages(ids, async (page) =>
        receiptsIn(
          fieldsOf(await ask(settings, { path: "/api/receipts", query: [["message_ids", page.join(",")]] }, call)),
        ),
      ),
    mark: (marks, call) =>
      inPages(marks, async (page) => {
        const rows = page.map(({ messageId, state, reason }) => ({ message_id: messageId, state, reason }));
        return receiptsIn(fieldsOf(await ask(settings, { path: "/api/receipts", body: { marks: rows } }, call)));
      }),
    async announce({ waitingOn, ...said }, call) {
      const body = { ...said, waiting_on: waitingOn };
      return text(fieldsOf(await ask(settings, { path: "/api/agents", body }, call)), "agent");
    },
    agents: (call) => listAgents(settings, call),
  };
}

export async function listAgents(settings: Settings, call?: CallOptions): Promise<readonly Agent[]> {
  return list(fieldsOf(await ask(settings, { path: "/api/agents" }, call)), "agents").map(agentFrom);
}

/** As many at once as a bridge takes. */
async function inPages<Item, Answer>(
  items: readonly Item[],
  askFor: (page: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let from = 0; from < items.length; from += maxInboxPage) {
    answers.push(...(await askFor(items.slice(from, from + maxInboxPage))));
  }
  return answers;
}
