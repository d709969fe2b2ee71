import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { FoundRow } from "../../../../src/client/index.ts";
import { client, useLive } from "../../bridge/bridge.tsx";

/** What an agent has to do with the newest messages of the bridge. */
export interface AgentTraffic {
  /** When it last sent something and something was last sent to it, where that is among them. */
  readonly lastSentAt: number | undefined;
  readonly lastReceivedAt: number | undefined;
  readonly unread: number;
}

export interface Traffic {
  readonly of: (agent: string) => AgentTraffic;
  /** More is unread than was counted. */
  readonly hasMoreUnread: boolean;
}

const queryKey = ["traffic"];
/** As many as a search gives at once. */
const limit = 100;
const gatherMs = 2_000;

/** Asked for when the screen is opened, and again when messages came. */
export function useTraffic(): Traffic | undefined {
  const live = useLive();
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = live.follow((entries) => {
      if (!entries.some(({ kind }) => kind !== "agent")) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey });
      }, gatherMs);
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [live, queries]);
  return useQuery({
    queryKey,
    async queryFn({ signal }) {
      const [newest, unread] = await Promise.all([
        client.search({ limit, receipts: true }, { signal }),
        client.search({ query: "is:unread", limit, receipts: true }, { signal }),
      ]);
      return trafficOf(newest.messages, unread.messages, unread.next !== undefined);
    },
  }).data;
}

function trafficOf(newest: readonly FoundRow[], unread: readonly FoundRow[], hasMoreUnread: boolean): Traffic {
  return {
    hasMoreUnread,
    of: (agent) => ({
      lastSentAt: newest.find(({ sender }) => sender === agent)?.acceptedAt,
      lastReceivedAt: newest.find((message) => isFor(message, agent))?.acceptedAt,
      unread: unread.filter((message) =>
        receiptsOf(message, agent).some(({ state }) => state === "stored" || state === "at_machine"),
      ).length,
    }),
  };
}

const receiptsOf = ({ receipts }: FoundRow, agent: string) =>
  (receipts ?? []).filter((receipt) => receipt.agent === agent && receipt.why !== undefined);
const isFor = (message: FoundRow, agent: string) => receiptsOf(message, agent).length > 0;
