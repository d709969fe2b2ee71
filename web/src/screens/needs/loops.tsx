import type { Loop } from "../../../../src/client/index.ts";
import { visible } from "../../../../src/core/visible.ts";
import { age } from "../../../../src/view/ages.ts";
import { client } from "../../bridge/bridge.tsx";
import { useNow } from "../../parts/now.ts";
import { SenderMark } from "../../parts/sender-mark.tsx";
import { Link } from "wouter";
import { paths } from "../../routes.ts";
import { NeedAction } from "./need-row.tsx";

interface Props {
  readonly loops: readonly Loop[];
  readonly mayRelease: boolean;
  readonly onDone: () => void;
}

/** Agents that the bridge keeps from waking each other, until somebody lets them go on. */
export const Loops = ({ loops, ...more }: Props) =>
  loops.map((loop) => <LoopRow key={nameOf(loop)} loop={loop} {...more} />);

function LoopRow({ loop, mayRelease, onDone }: Omit<Props, "loops"> & { readonly loop: Loop }) {
  const { pair, thread, reason, held, since } = loop;
  const now = useNow();
  return (
    <li className="needs-row">
      <SenderMark sender={pair?.[0] ?? thread?.thread ?? "?"} />
      <div className="needs-row-said">
        <p className="needs-row-head">
          <bdi className="needs-row-who">{nameOf(loop)}</bdi>{" "}
          {thread === undefined ? undefined : <Link href={paths.thread(thread.thread)}>open the thread</Link>}
        </p>
        <p>{visible(reason)}</p>
        <p className="needs-row-since">
          {held} {held === 1 ? "message" : "messages"} kept back, for {age(now - since)}
        </p>
      </div>
      <div className="needs-row-actions">
        {mayRelease ? (
          <NeedAction label={`Release ${nameOf(loop)}`} act={() => release(loop)} onDone={onDone}>
            Release
          </NeedAction>
        ) : undefined}
      </div>
    </li>
  );
}

const nameOf = ({ pair, thread }: Loop) =>
  visible(pair === undefined ? (thread?.thread ?? "a thread") : pair.join(" and "));

async function release({ pair, thread }: Loop): Promise<void> {
  const [one = "", other = ""] = pair ?? [];
  if (pair !== undefined) await client.release({ pair: [one, other] });
  else if (thread !== undefined) await client.release({ thread });
}
