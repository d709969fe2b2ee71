import { useMutation } from "@tanstack/react-query";
import { folded } from "../../../src/core/agent-name.ts";
import { visible } from "../../../src/core/visible.ts";
import type { Loop, Releasing } from "../../../src/client/index.ts";
import type { WireLoop } from "../../../src/view/wire/loops.ts";
import { client } from "../bridge/bridge.tsx";
import { useNeeds } from "../needs/use-needs.ts";
import { Button } from "../parts/button.tsx";
import { useNow } from "../parts/now.ts";

/** A circle that ended longer ago is history, unless the bridge still holds something for it. */
const recentMs = 600_000;

/** Agents that go round and round, and the way to let them go on where the bridge has stopped them. */
export function LoopNotice({ loops }: { readonly loops: readonly WireLoop[] }) {
  const { data } = useNeeds();
  const now = useNow();
  const loop = loops.at(-1);
  const release = useMutation({ mutationFn: (what: Releasing) => client.release(what) });
  if (loop === undefined) return undefined;
  const names = [...loop.agents, ...loop.agents.slice(0, 1)].map((name) => visible(name, { keepsLines: false }));
  const stopped = data?.loops.find((one) => isOf(one, loop));
  if (stopped === undefined && now - loop.lastAt > recentMs) return undefined;
  const what = stopped && releaseOf(stopped);
  return (
    <output className="wire-loop">
      <span>
        <bdi>{names.join(" → ")}</bdi> go round and round: {loop.keys.length} messages.{" "}
        {stopped === undefined
          ? "If they go on, the bridge holds what they say."
          : `Stopped: ${visible(stopped.reason, { keepsLines: false })}. ${stopped.held} held.`}
      </span>
      {what === undefined ? undefined : (
        <Button disabled={release.isPending || release.isSuccess} onClick={() => release.mutate(what)}>
          {release.isSuccess ? "Released" : "Release"}
        </Button>
      )}
      {release.error === null ? undefined : <span>{release.error.message}</span>}
    </output>
  );
}

function isOf({ pair, thread }: Loop, loop: WireLoop): boolean {
  if (thread !== undefined) return thread.channel === loop.channel && thread.thread === loop.thread;
  const agents = new Set(loop.agents.map(folded));
  return pair !== undefined && pair.every((name) => agents.has(folded(name)));
}

function releaseOf({ pair, thread }: Loop): Releasing | undefined {
  if (thread !== undefined) return { thread };
  const [one, other] = pair ?? [];
  return one === undefined || other === undefined ? undefined : { pair: [one, other] };
}
