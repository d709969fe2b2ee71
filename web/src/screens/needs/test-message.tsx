import { useMutation } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { Link } from "wouter";
import type { Sent } from "../../../../src/client/index.ts";
import { anyPerson } from "../../../../src/core/agent-name.ts";
import { visible } from "../../../../src/core/visible.ts";
import { duration } from "../../../../src/view/ages.ts";
import { client, useLive } from "../../bridge/bridge.tsx";
import { Button } from "../../parts/button.tsx";
import { ProgressLabel } from "../../parts/progress-label.tsx";
import { Trouble } from "../../parts/trouble.tsx";
import { paths } from "../../routes.ts";

/** A channel that nobody else writes in. */
const channel = "test:hello";
const content = "A test message from the dashboard. It needs no answer.";

/** Sends a message for once, and shows how far it got. To an agent where there is one, so that there is more to see. */
export function TestMessage() {
  const live = useLive();
  const { mutate, data, isPending, error } = useMutation({
    async mutationFn() {
      const from = performance.now();
      const agent = [...live.snapshot().agents.values()].find(
        ({ name, reach }) => name !== anyPerson && reach !== "away",
      );
      const sent = await client.send({ channel, content, to: agent?.name, sender: anyPerson });
      live.learn(sent.receipts);
      return { sent, tookMs: performance.now() - from };
    },
  });
  return (
    <div className="test-message">
      <Button disabled={isPending} onClick={() => mutate()}>
        Send a test message
      </Button>
      {data === undefined ? undefined : <TestReceipt sent={data.sent} tookMs={data.tookMs} />}
      <Trouble error={error} />
    </div>
  );
}

function TestReceipt({ sent, tookMs }: { readonly sent: Sent; readonly tookMs: number }) {
  const live = useLive();
  const receipts = useSyncExternalStore(live.subscribe, () => live.receiptsOf(sent.id));
  return (
    <output className="test-message-receipt">
      <ProgressLabel receipts={receipts} isQuestion={false} /> as <code>seq {sent.seq}</code> in {duration(tookMs)}.{" "}
      {sent.next === undefined ? undefined : `${visible(sent.next)} `}
      <Link href={paths.message(sent.id)}>Open it</Link>
    </output>
  );
}
