import type { Clock } from "../core/clock.ts";
import { BridgeError } from "../core/errors.ts";
import type { FreezeRow, Freezes, FreezeTarget } from "../core/freezes.ts";
import type { ChannelName } from "../core/message.ts";
import type { Principal } from "../core/principal.ts";
import { inAnyPattern } from "../core/scope.ts";
import { findPrincipal } from "./find-principal.ts";
import type { Kept } from "./record-bodies.ts";
import { put, type Records, remove } from "./records.ts";
import { mintId } from "./token.ts";

/** Those whom nobody knows one by one. */
const unnamed = ["local", "shared"];

export function createFreezes(records: Records, clock: Clock): Freezes {
  const find = ({ target, name }: Pick<Kept<"freeze">, "target" | "name">) =>
    records.all("freeze").find((freeze) => freeze.target === target && freeze.name === name);

  return {
    list: () => records.all("freeze").map((freeze) => toRow(records, freeze)),

    freeze: (wanted, reason, source) =>
      records.change(() => {
        const what = placeOf(records, wanted);
        const before = find(what);
        const id = before?.id ?? mintId();
        const body = { ...what, reason, createdAt: clock.now(), createdBy: source.principal };
        const row = toRow(records, body);
        const event = { ...source, event: "freeze", ...channelOf(what), detail: `${row.shown}: ${reason}` } as const;
        return { changes: [put("freeze", id, body, before)], events: [event], result: row };
      }),

    unfreeze: (wanted, source) =>
      records.change(() => {
        const what = placeOf(records, wanted);
        const before = find(what);
        if (before === undefined) throw new BridgeError("not_found", "it is not frozen", { field: what.target });
        const row = toRow(records, before);
        const event = { ...source, event: "unfreeze", ...channelOf(what), detail: row.shown } as const;
        return { changes: [remove("freeze", before)], events: [event], result: row };
      }),
  };
}

type Place = Pick<Kept<"freeze">, "target" | "name">;

const channelOf = ({ target, name }: Place) => (target === "channel" ? { channel: name } : {});

/** An agent is frozen under its machine's id, so that a new name does not thaw it. */
function placeOf(records: Records, wanted: FreezeTarget): Place {
  if ("channel" in wanted) return { target: "channel", name: wanted.channel };
  const [machine = "", ...role] = wanted.principal.split("/");
  const id = unnamed.includes(machine) ? machine : findPrincipal(records, machine).id;
  return { target: "principal", name: [id, ...role].join("/") };
}

function toRow(records: Records, freeze: Omit<Kept<"freeze">, "id" | "version">): FreezeRow {
  const { target, name, reason, createdAt, createdBy } = freeze;
  const [id = "", ...role] = name.split("/");
  const shown = target === "channel" ? name : [records.get("principal", id)?.name ?? id, ...role].join("/");
  return { target, name, shown, reason, createdAt, createdBy };
}

/** Why nothing is taken from the sender in the channel; undefined when nothing is frozen there. */
export function frozen(
  records: Records,
  principal: Principal,
  { channel, sender = principal.name }: { readonly channel: ChannelName; readonly sender?: string },
): BridgeError | undefined {
  const freezes = records.all("freeze");
  if (freezes.length === 0) return undefined;
  const agent = sender.startsWith(`${principal.name}/`) ? sender.slice(principal.name.length) : "";
  const who = [principal.id, principal.id + agent];
  const freeze = freezes.find(({ target, name }) =>
    target === "channel" ? inAnyPattern([name], channel) : who.includes(name),
  );
  if (freeze === undefined) return undefined;
  const { target, createdBy, reason } = freeze;
  const by = records.get("principal", createdBy)?.name ?? createdBy;
  const what = target === "channel" ? `channel '${channel}'` : toRow(records, freeze).shown;
  return new BridgeError("frozen", `${what} is frozen by ${by}: ${reason}`, {
    field: target === "channel" ? "channel" : undefined,
  });
}
