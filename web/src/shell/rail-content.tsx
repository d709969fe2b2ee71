import { visible } from "../../../src/core/visible.ts";
import { type ChannelGroup, channelGroups } from "../../../src/view/channel-groups.ts";
import { useLiveState } from "../bridge/bridge.tsx";
import { useNeedsCount } from "../needs/use-needs.ts";
import { paths } from "../routes.ts";
import { NewChannel } from "./new-channel.tsx";
import { RailLink } from "./rail-link.tsx";
import { RailMachines } from "./rail-machines.tsx";
import { useUnread } from "./rail-seen.ts";

/** What the rail shows, wherever it stands. */
export function RailContent() {
  const channels = useLiveState((state) => state.channels);
  const unread = useUnread();
  const needs = useNeedsCount();
  const all = [...(channels?.values() ?? [])];
  const total = all.reduce((sum, { messages }) => sum + messages, 0);
  return (
    <>
      <ul>
        <RailLink href={paths.needs} badge={needs} badgeWords="waiting for you" name="Needs you" />
        <RailLink href={paths.all} count={total} name="All messages" />
      </ul>
      {channelGroups(all).map((group) => (
        <Group key={group.project ?? ""} group={group} unread={unread} />
      ))}
      <NewChannel />
      <RailMachines />
      <section>
        <h2>Bridge</h2>
        <ul>
          <RailLink href={paths.connect} name="Connect a machine" />
          <RailLink href={paths.health} name="Health" />
          <RailLink href={paths.settings} name="Settings" />
        </ul>
      </section>
    </>
  );
}

function Group({
  group: { project, channels },
  unread,
}: {
  readonly group: ChannelGroup;
  readonly unread: ReadonlyMap<string, number>;
}) {
  return (
    <section>
      <h2>
        <bdi>{project === undefined ? "Channels" : visible(project, { keepsLines: false })}</bdi>
      </h2>
      <ul>
        {channels.map(({ name, role, messages, senders }) => (
          <RailLink
            key={name}
            href={paths.channel(name)}
            count={messages}
            badge={unread.get(name) ?? 0}
            badgeWords="new"
            title={`${messages} messages from ${visible(senders.join(", "), { keepsLines: false })}`}
            name={visible(role, { keepsLines: false })}
          />
        ))}
      </ul>
    </section>
  );
}
