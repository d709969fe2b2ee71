import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Need } from "../../../../src/client/index.ts";
import { visible } from "../../../../src/core/visible.ts";
import { age, clockTime } from "../../../../src/view/ages.ts";
import { gistOf, saidBy } from "../../../../src/view/said.ts";
import { markOf } from "../../../../src/view/sender.ts";
import { client } from "../../bridge/bridge.tsx";
import { GistText } from "../../feed/gist-text.tsx";
import { Button } from "../../parts/button.tsx";
import { useNow } from "../../parts/now.ts";
import { ProgressLabel } from "../../parts/progress-label.tsx";
import { SenderMark } from "../../parts/sender-mark.tsx";
import { Trouble } from "../../parts/trouble.tsx";
import { paths } from "../../routes.ts";

interface Props {
  readonly need: Need;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** A message that does not get on by itself: who to whom, a few words of it, and why. */
export function NeedRow({ need, children }: Props) {
  const { receipt, since } = need;
  const now = useNow();
  return (
    <li className="needs-row">
      <SenderMark sender={need.sender} />
      <div className="needs-row-said">
        <NeedHead need={need} to={receipt.agent} />
        <NeedGist need={need} />
        <p className="needs-row-how">
          <ProgressLabel receipts={[receipt]} isQuestion={false} />{" "}
          <span className="needs-row-since">for {age(now - since)}</span>
        </p>
      </div>
      <div className="needs-row-actions">{children}</div>
    </li>
  );
}

/** Who wrote to whom, where and when; leads to the message. */
export function NeedHead({ need: { id, sender, channel, since }, to }: { readonly need: Need; readonly to: string }) {
  return (
    <p className="needs-row-head">
      <bdi className={`needs-row-who hue-${markOf(sender).hue}`}>{visible(sender)}</bdi> to <bdi>{visible(to)}</bdi> in{" "}
      <Link href={paths.message(id)}>
        <bdi>{visible(channel)}</bdi>
      </Link>{" "}
      <time dateTime={new Date(since).toISOString()}>{clockTime(since)}</time>
    </p>
  );
}

/** What it says stands in its envelope, of which a row has only the beginning. */
function NeedGist({ need: { id, preview } }: { readonly need: Need }) {
  const { data } = useQuery({
    queryKey: ["message", id],
    queryFn: ({ signal }) => client.find(id, { signal }),
    staleTime: Infinity,
  });
  return <GistText gist={gistOf(data === undefined ? preview : saidBy(data).body)} />;
}

interface ActionProps {
  readonly need: Need;
  readonly onDone: () => void;
}

/** For administrators: lets a held message go on. */
export const ReleaseButton = ({ need, onDone }: ActionProps) => (
  <NeedAction
    label={`Release the message of ${visible(need.sender)} to ${visible(need.receipt.agent)}`}
    act={() => client.release({ id: need.id })}
    onDone={onDone}
  >
    Release
  </NeedAction>
);

/** For its sender and for administrators: nobody is to read it any more. */
export const TakeBackButton = ({ need, onDone }: ActionProps) => (
  <NeedAction
    label={`Take back the message of ${visible(need.sender)} to ${visible(need.receipt.agent)}`}
    act={() => client.cancel(need.id, "it was not read in time")}
    onDone={onDone}
  >
    Take back
  </NeedAction>
);

interface NeedActionProps {
  readonly label: string;
  readonly act: () => Promise<unknown>;
  readonly onDone: () => void;
  readonly children: string;
}

/** A button that does something about a row, after which the row is gone. */
export function NeedAction({ label, act, onDone, children }: NeedActionProps) {
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: act,
    async onSuccess() {
      onDone();
      await queries.invalidateQueries({ queryKey: ["needs"] });
    },
  });
  return (
    <>
      <Button aria-label={label} disabled={isPending} onClick={() => mutate()}>
        {children}
      </Button>
      <Trouble error={error} />
    </>
  );
}
