import { useMutation, useQuery } from "@tanstack/react-query";
import type { Receipt, ReceivedMessage } from "../../../src/client/index.ts";
import type { ReceiptState } from "../../../src/core/receipt.ts";
import { visible } from "../../../src/core/visible.ts";
import { clockTimeToMs, duration } from "../../../src/view/ages.ts";
import type { Said } from "../../../src/view/said.ts";
import { type Rung, rungsOf } from "../../../src/view/rungs.ts";
import { client, useLive, useLiveState } from "../bridge/bridge.tsx";
import { Button } from "../parts/button.tsx";
import { useSearchParam } from "../use-search-param.ts";

interface Props {
  readonly message: ReceivedMessage;
  readonly said: Said;
}

/** How far the message got with each whom it is for, rung by rung, as it happens. */
export function Delivery({ message: { id, acceptedAt }, said }: Props) {
  const live = useLive();
  const { error } = useQuery({
    queryKey: ["receipts", id],
    queryFn: async ({ signal }) => {
      const receipts = await client.receipts([id], { signal });
      live.learn(receipts);
      return receipts;
    },
    staleTime: 0,
  });
  const receipts = useLiveState(() => live.receiptsOf(id));
  const isAsking = said.type === "task" || said.type === "question";
  return (
    <section className="delivery" aria-label="Delivery">
      <h3>Delivery</h3>
      {error === null ? undefined : <p role="alert">{error.message}</p>}
      {receipts.length === 0 ? (
        <>
          <ol>
            <RungLine rung={{ state: "stored", at: acceptedAt }} since={undefined} />
          </ol>
          <p className="inspector-aside">For nobody in particular, so nobody is waited for.</p>
        </>
      ) : (
        receipts.map((receipt) => <Track key={receipt.agent} receipt={receipt} isAsking={isAsking} />)
      )}
    </section>
  );
}

const whyWords = {
  addressed: "",
  reply: "as it answers one of its messages",
  mention: "as it is mentioned",
  follows: "as it follows the channel",
} as const;

function Track({ receipt, isAsking }: { readonly receipt: Receipt; readonly isAsking: boolean }) {
  const { agent, why, answerId, reason, state } = receipt;
  const [, select] = useSearchParam("sel");
  const rungs = rungsOf(receipt, isAsking);
  const first = rungs.find(({ at }) => at !== undefined)?.at;
  return (
    <div className="delivery-track">
      <h4>
        <bdi>{visible(agent, { keepsLines: false })}</bdi>{" "}
        <span className="inspector-aside">{why === undefined ? "read it unasked" : whyWords[why]}</span>
      </h4>
      <ol>
        {rungs.map((rung) => (
          <RungLine key={rung.state} rung={rung} since={rung.at === first ? undefined : first} />
        ))}
      </ol>
      {reason === undefined ? undefined : (
        <p className={state === "answered" ? "inspector-aside" : "delivery-reason"}>
          {visible(reason, { keepsLines: false })}
        </p>
      )}
      {state === "held" ? <Release id={receipt.messageId} /> : undefined}
      {answerId === undefined ? undefined : (
        <button type="button" className="inspector-link" onClick={() => select(answerId)}>
          See the answer
        </button>
      )}
    </div>
  );
}

const words: Readonly<Record<ReceiptState, string>> = {
  stored: "Stored on the bridge",
  held: "Held",
  at_machine: "At machine",
  expired: "Expired",
  in_context: "In context",
  acknowledged: "Acknowledged",
  refused: "Refused",
  answered: "Answered",
};

/** A rung with its time, or with how long after the first it was reached. */
function RungLine({ rung: { state, at }, since }: { readonly rung: Rung; readonly since: number | undefined }) {
  const isBad = state === "held" || state === "expired" || state === "refused";
  return (
    <li className={isBad ? "delivery-bad" : at === undefined ? "delivery-open" : "delivery-done"}>
      <span className="delivery-dot" aria-hidden="true" />
      {words[state] ?? visible(state)}
      {at === undefined ? (
        <span className="delivery-time">not yet</span>
      ) : (
        <time className="delivery-time" dateTime={new Date(at).toISOString()} title={clockTimeToMs(at)}>
          {since === undefined ? clockTimeToMs(at) : `+${duration(at - since)}`}
        </time>
      )}
    </li>
  );
}

function Release({ id }: { readonly id: string }) {
  const live = useLive();
  const release = useMutation({
    mutationFn: () => client.release({ id }),
    onSuccess: ({ receipts }) => live.learn(receipts),
  });
  return (
    <p>
      <Button disabled={release.isPending} onClick={() => release.mutate()}>
        Release
      </Button>{" "}
      {release.error === null ? undefined : <span role="alert">{release.error.message}</span>}
    </p>
  );
}
