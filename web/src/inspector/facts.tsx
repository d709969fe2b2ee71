import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { FoundMessage } from "../../../src/client/index.ts";
import { isVerified } from "../../../src/core/principal.ts";
import { visible } from "../../../src/core/visible.ts";
import { clockTimeToMs, duration } from "../../../src/view/ages.ts";
import type { Said } from "../../../src/view/said.ts";
import { markOf } from "../../../src/view/sender.ts";
import { saidOf } from "../../../src/view/wire/spoken.ts";
import { client } from "../bridge/bridge.tsx";
import { paths } from "../routes.ts";
import { FilterBy } from "../search/filter-by.tsx";
import { useSearchParam } from "../use-search-param.ts";

interface Props {
  readonly message: FoundMessage;
  readonly said: Said;
}

/** What is known of a message, and who says so. */
export function Facts({ message, said }: Props) {
  const { sender, channel, seq, provenance, acceptedAt, content } = message;
  const bytes = new TextEncoder().encode(content).length;
  return (
    <dl className="inspector-facts">
      <Fact name="From">
        <FilterBy word="from" value={sender}>
          <bdi className={`hue-${markOf(sender).hue}`}>{onLine(sender)}</bdi>
        </FilterBy>{" "}
        <span className="inspector-aside">
          {isVerified(provenance) ? `verified ${provenance.kind}` : "unverified"}
          {provenance.label === undefined ? "" : `, calls itself ${onLine(provenance.label)}`}
        </span>
      </Fact>
      {said.to === undefined ? undefined : (
        <Fact name="To">
          <FilterBy word="to" value={said.to}>
            <bdi>{onLine(said.to)}</bdi>
          </FilterBy>
        </Fact>
      )}
      <Fact name="Channel">
        <Link href={`${paths.channel(channel)}?${new URLSearchParams({ at: message.id, sel: message.id })}`}>
          <bdi>{onLine(channel)}</bdi>
        </Link>
      </Fact>
      {said.thread === undefined ? undefined : (
        <Fact name="Thread">
          <Link href={`${paths.thread(said.thread)}?${new URLSearchParams({ sel: message.id })}`}>
            <bdi>{onLine(said.thread)}</bdi>
          </Link>
        </Fact>
      )}
      <Fact name="Time">
        <time dateTime={new Date(acceptedAt).toISOString()}>
          {dates.format(acceptedAt)}, {clockTimeToMs(acceptedAt)}
        </time>
      </Fact>
      {said.replyTo === undefined ? undefined : <Answers id={said.replyTo} at={acceptedAt} />}
      <Fact name="Size">
        {bytes.toLocaleString("en-GB")} B, seq {seq}, by {provenance.via}
        {provenance.hops > 0 ? `, ${provenance.hops} ${provenance.hops === 1 ? "hop" : "hops"}` : ""}
      </Fact>
      {message.parseWarning === undefined ? undefined : <Fact name="Note">{onLine(message.parseWarning)}</Fact>}
    </dl>
  );
}

const dates = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const onLine = (text: string) => visible(text, { keepsLines: false });

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** What a message answers, and how long that took. */
function Answers({ id, at }: { readonly id: string; readonly at: number }) {
  const [, select] = useSearchParam("sel");
  const { data } = useQuery({
    queryKey: ["message", id],
    queryFn: ({ signal }) => client.find(id, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) return undefined;
  const type = saidOf(data).type;
  const asked = type === "task" || type === "question" ? type : "message";
  return (
    <>
      <Fact name="Took">
        {duration(at - data.acceptedAt)} after the {asked}
      </Fact>
      <Fact name="Answers to">
        <button type="button" className="inspector-link" onClick={() => select(id)}>
          <bdi>
            {asked} from {onLine(data.sender)}
          </bdi>
        </button>
      </Fact>
    </>
  );
}
