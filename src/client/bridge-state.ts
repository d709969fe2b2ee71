import type { Caps } from "../core/limits.ts";
import { type ChannelList, channelsFrom } from "./answers.ts";
import { fieldsOf, flag, isFields, number, text, time } from "./shape.ts";

/** What a bridge says to everybody. */
export interface Status {
  readonly service: string;
  readonly status: string;
  readonly version: string;
  /** The bridge's clock, in milliseconds since the Unix epoch. */
  readonly serverTime: number;
}

export function statusFrom(value: unknown): Status {
  const fields = fieldsOf(value);
  return {
    service: text(fields, "service"),
    status: text(fields, "status"),
    version: text(fields, "version"),
    serverTime: time(fields, "server_time"),
  };
}

/** What a dashboard starts from. */
export interface BridgeState extends Status, ChannelList {
  readonly uptimeSeconds: number;
  readonly openStreams: number;
  readonly openWaits: number;
  /** Days after which messages are deleted; 0 keeps them. */
  readonly retentionDays: number;
  /** Of the disk that the messages are on, where that is known. */
  readonly diskFreeBytes: number | undefined;
  readonly diskIsLow: boolean;
  /** In force now; those that only a newer bridge has are here under their names. */
  readonly limits: Partial<Caps> & Readonly<Record<string, number>>;
}

export function stateFrom(value: unknown): BridgeState {
  const fields = fieldsOf(value);
  const { disk_free_bytes: diskFreeBytes, limits } = fields;
  return {
    ...statusFrom(fields),
    ...channelsFrom(fields),
    uptimeSeconds: number(fields, "uptime_seconds"),
    openStreams: number(fields, "sse_subscribers"),
    openWaits: number(fields, "open_waits"),
    retentionDays: number(fields, "retention_days"),
    diskFreeBytes: typeof diskFreeBytes === "number" ? diskFreeBytes : undefined,
    diskIsLow: flag(fields, "disk_low"),
    limits: isFields(limits) ? camelCased(limits) : {},
  };
}

/** Of a flat object of numbers; names that are anybody's, such as channels, are never keys of one. */
const camelCased = (fields: Readonly<Record<string, unknown>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter((member): member is [string, number] => typeof member[1] === "number")
      .map(([name, value]) => [name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()), value]),
  );
