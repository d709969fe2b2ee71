import type { ChannelInfo } from "./live/channels.ts";

export interface ChannelGroup {
  /** What stands before the colon of its channels' names; undefined for names without one. */
  readonly project: string | undefined;
  readonly channels: readonly NamedChannel[];
}

export interface NamedChannel extends ChannelInfo {
  /** The name within its group. */
  readonly role: string;
}

/** Channels by project, both by name; those of no project first. */
export function channelGroups(channels: Iterable<ChannelInfo>): readonly ChannelGroup[] {
  const named = [...channels].map((channel) => ({ ...channel, ...partsOf(channel.name) }));
  const groups = Map.groupBy(named, ({ project }) => project);
  return [...groups]
    .map(([project, own]) => ({ project, channels: own.toSorted((a, b) => byName(a.role, b.role)) }))
    .toSorted((a, b) => byName(a.project ?? "", b.project ?? ""));
}

function partsOf(name: string): { readonly project: string | undefined; readonly role: string } {
  const colon = name.indexOf(":");
  // A name of nothing but a project, or without one, is shown whole.
  if (colon <= 0 || colon === name.length - 1) return { project: undefined, role: name };
  return { project: name.slice(0, colon), role: name.slice(colon + 1) };
}

const { compare: byName } = new Intl.Collator("en", { numeric: true });
