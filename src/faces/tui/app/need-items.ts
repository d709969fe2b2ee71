import type { Loop, Need, Needs, OpenQuestion } from "../../../client/index.ts";

/** A row of "Needs you". */
export type NeedItem =
  | {
      readonly kind: "heading";
      readonly key: string;
      readonly isHead: true;
      readonly title: string;
      readonly count: number;
    }
  | { readonly kind: "question"; readonly key: string; readonly need: OpenQuestion }
  | { readonly kind: "unnoticed" | "failed"; readonly key: string; readonly need: Need }
  | { readonly kind: "loop"; readonly key: string; readonly loop: Loop };

/** Four groups; those that are empty are not shown. */
export function needItemsOf(needs: Needs | undefined): readonly NeedItem[] {
  if (needs === undefined) return [];
  const { questions, unnoticed, failed, loops } = needs;
  return [
    ...group("Questions to you", questions, (need) => ({ kind: "question", key: `question ${need.id}`, need })),
    ...group("Unread too long", unnoticed, (need) => ({ kind: "unnoticed", key: keyOf("unread", need), need })),
    ...group("Held or failed", failed, (need) => ({ kind: "failed", key: keyOf("failed", need), need })),
    ...group("Loops and floods", loops, (loop) => ({
      kind: "loop",
      key: `loop ${JSON.stringify(loop.pair ?? loop.thread)}`,
      loop,
    })),
  ];
}

const keyOf = (kind: string, { id, receipt }: Need) => `${kind} ${id} ${receipt.agent}`;

function group<Of>(title: string, all: readonly Of[], itemOf: (one: Of) => NeedItem): readonly NeedItem[] {
  if (all.length === 0) return [];
  return [{ kind: "heading", key: title, isHead: true, title, count: all.length }, ...all.map(itemOf)];
}

export const needCount = (needs: Needs | undefined): number =>
  needs === undefined ? 0 : needs.questions.length + needs.unnoticed.length + needs.failed.length + needs.loops.length;
