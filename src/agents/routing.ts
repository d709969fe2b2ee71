import type { Agents, Routed, Routing } from "../core/agents.ts";
import { BridgeError } from "../core/errors.ts";
import type { ChannelName } from "../core/message.ts";
import type { Recipient, Recipients } from "../core/recipient.ts";
import type { Addressee } from "../core/receipt.ts";
import { addresseesOf } from "../core/wake.ts";

/** Of a name that means somebody, or what to tell the sender. */
interface Found {
  readonly recipient?: string | undefined;
  readonly note?: string | undefined;
}

/** Before the name of whom a direct message is for. */
const direct = "@";

/** Says for whom a message is. Nobody is looked for where a message names nobody. */
export function createRouting(knownNames: () => Promise<Recipients>): Agents["route"] {
  return async (message): Promise<Routed> => {
    const { channel, to, answered, text, sender, type } = message;
    const namesNobody = to === undefined && answered === undefined && !text.includes("@");
    const recipients = namesNobody ? undefined : await knownNames();
    const found = to === undefined ? {} : whomToMean(message, to, recipients);
    const inChannel = channel ?? channelFor(found);
    const addressees = addresseesOf({
      channel: inChannel,
      sender,
      recipients: found.recipient === undefined ? [] : [found.recipient],
      repliesTo: answered,
      type,
      text,
      known: (name) => recipients?.mentioned(name),
    });
    return {
      channel: inChannel,
      addressees: notOneself(addressees, sender),
      note: found.note,
      stored: () => undefined,
    };
  };
}

const notOneself = (addressees: readonly Addressee[], sender: string) =>
  addressees.filter(({ agent }) => agent !== sender);

function channelFor({ recipient }: Found): ChannelName {
  if (recipient !== undefined) return `${direct}${recipient}` as ChannelName;
  throw new BridgeError("invalid_input", "missing or empty: channel", { field: "channel" });
}

/**
 * In a channel the message is stored whomever it names, and is that one's if it ever comes: clients of the original
 * address whom they like. A direct message to nobody would be read by nobody.
 */
function whomToMean({ channel }: Routing, to: string, recipients: Recipients | undefined): Found {
  const meant = recipients?.resolve(to);
  if (meant !== undefined && "name" in meant) return { recipient: meant.name };
  const note = noteOn(to, meant);
  if (channel === undefined) throw new BridgeError("not_found", `to: ${note}`, { field: "to" });
  return { recipient: meant?.kind === "ambiguous" ? undefined : to, note };
}

function noteOn(to: string, meant: Exclude<Recipient, { readonly name: string }> | undefined): string {
  if (meant?.kind === "ambiguous") return `'${to}' may be ${meant.candidates.join(" or ")}: say which`;
  const nearest = meant?.nearest ?? [];
  const others = nearest.length === 0 ? "" : `; there is ${nearest.join(", ")}`;
  return `nobody called '${to}' was ever here${others}`;
}
