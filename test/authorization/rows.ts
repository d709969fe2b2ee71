import type { Bridge } from "../../src/core/bridge.ts";
import type { ChannelName } from "../../src/core/message.ts";
import { localOperator, type Permission } from "../../src/core/principal.ts";
import type { OperationName } from "../../src/operations/index.ts";
import { tokenFor } from "../support/credentials.ts";

/** Whether the channel that a call names is one that its credential is for. */
export type Place = "inside" | "outside";

/** What there is when a case begins: a message in a channel of each kind, and a credential of somebody else. */
export interface World {
  readonly channel: ChannelName;
  readonly messageId: string;
  readonly clearId: string;
  readonly victim: { readonly id: string; readonly principal: string; readonly name: string };
  readonly ruleId: string;
  readonly wakeRuleId: string;
  readonly invitation: { readonly id: string; readonly code: string };
  readonly sessionId: string;
}

/** What no answer may have in it that is for somebody who may not read there. */
export const outsideText = "text-of-outside";

const channelOf = (place: Place) => `${place}:a` as ChannelName;

/** How an operation is asked, and how it says that a channel is not the caller's. */
export interface Row {
  /** The permission that this call needs, where the operation itself has none. */
  readonly needs?: Permission;
  /** For an operation that names a channel or something in it: how it answers about one that is outside. */
  readonly outside?: "forbidden" | "not_found";
  input(world: World): Record<string, unknown>;
}

const nothing = { input: () => ({}) };

/** Every operation, or the types do not check. */
export const rows: Readonly<Record<OperationName, Row>> = {
  send: { outside: "forbidden", input: ({ channel }) => ({ channel, sender: "me", content: "hello" }) },
  receive: { outside: "forbidden", input: ({ channel }) => ({ channel }) },
  wait: {
    outside: "forbidden",
    input: ({ channel }) => ({ channel, since_id: "beginning", timeout_seconds: 0 }),
  },
  // Whether there is such a message is not told either.
  ack: {
    outside: "not_found",
    input: ({ channel, messageId }) => ({ channel, consumer_id: "me", message_id: messageId }),
  },
  clear: { outside: "forbidden", input: ({ channel }) => ({ channel }) },
  undo: { outside: "not_found", input: ({ clearId }) => ({ id: clearId }) },
  find: { outside: "not_found", input: ({ messageId }) => ({ id: messageId }) },
  search: { outside: "forbidden", input: ({ channel }) => ({ q: `text-of-${channel.split(":")[0]} in:${channel}` }) },
  channels: nothing,
  status: nothing,
  ping: nothing,
  state: nothing,
  whoami: nothing,
  inbox: nothing,
  // What cannot be found is passed over.
  mark: { input: ({ messageId }) => ({ marks: [{ message_id: messageId, state: "in_context" }] }) },
  receipts: { outside: "not_found", input: ({ messageId }) => ({ message_ids: [messageId] }) },
  ask: { outside: "forbidden", input: ({ channel }) => ({ channel, sender: "me", to: "somebody", content: "?" }) },
  // Nobody is told whether there is a question that is not its own.
  cancel: { needs: "admin", input: ({ messageId }) => ({ id: messageId }) },
  needs: nothing,
  release: { input: ({ messageId }) => ({ id: messageId }) },
  agents: nothing,
  announce: nothing,
  principals: nothing,
  rename: { input: ({ victim }) => ({ id: victim.principal, name: `${victim.name}-again` }) },
  revoke: { input: ({ victim }) => ({ id: victim.principal }) },
  tokens: nothing,
  token_create: { input: ({ victim }) => ({ name: `${victim.name}-new` }) },
  token_rotate: { needs: "admin", input: ({ victim }) => ({ id: victim.id }) },
  token_revoke: { needs: "admin", input: ({ victim }) => ({ id: victim.id }) },
  rules: nothing,
  rule_set: { input: ({ victim }) => ({ subject: victim.principal, permissions: ["read"], channels: ["x"] }) },
  rule_remove: { input: ({ ruleId }) => ({ id: ruleId }) },
  policy_set: { input: () => ({ default: "open" }) },
  freezes: nothing,
  freeze: { input: ({ victim }) => ({ principal: victim.principal, reason: "a test" }) },
  unfreeze: { input: ({ victim }) => ({ principal: victim.principal }) },
  wake_rules: nothing,
  wake_rule_set: { input: () => ({ agent: "mac/*", channel: "payments:*", wake: "never" }) },
  wake_rule_remove: { input: ({ wakeRuleId }) => ({ id: wakeRuleId }) },
  audit: nothing,
  audit_verify: nothing,
  invitations: nothing,
  invite: nothing,
  invitation_revoke: { input: ({ invitation }) => ({ id: invitation.id }) },
  join: { input: ({ invitation, victim }) => ({ code: invitation.code, name: `${victim.name}-joined` }) },
  sessions: nothing,
  session_revoke: { input: ({ sessionId }) => ({ id: sessionId }) },
  sign_in_link: nothing,
};

let made = 0;

export async function makeWorld(bridge: Bridge, place: Place): Promise<World> {
  made += 1;
  const { access, store } = bridge;
  const source = { principal: "local" };
  const name = `victim-${made}`;
  const { row } = await tokenFor(bridge, name);
  const rule = { subject: row.principal.id, permissions: ["write"] as const, channels: ["y"] };
  const { id: ruleId } = await access.rules.set(rule, source);
  await access.freezes.freeze({ principal: row.principal.id }, "a test", source);
  const asleep = { agent: "pi/*", channel: `${place}:*`, wake: "never" } as const;
  const { id: wakeRuleId } = await access.wakeRules.set(asleep, source);
  const ways = await makeWaysIn(bridge, row.id);
  const drafts = (["inside", "outside"] as const).map((at) => ({
    channel: channelOf(at),
    sender: "somebody",
    content: `text-of-${at}`,
  }));
  await store.append(drafts);
  const cleared = await store.clear(channelOf(place));
  const appended = await store.append(drafts);
  const ids = appended.map((answer) => (answer.kind === "appended" ? answer.message.id : ""));
  const messageId = ids[place === "inside" ? 0 : 1] ?? "";
  const victim = { id: row.id, principal: row.principal.id, name };
  return { channel: channelOf(place), messageId, clearId: cleared?.id ?? "", victim, ruleId, wakeRuleId, ...ways };
}

/** A join code that is out, taken back again when there are too many, and a browser that is signed in. */
async function makeWaysIn({ access }: Bridge, credential: string): Promise<Pick<World, "invitation" | "sessionId">> {
  const source = { principal: "local" };
  for (const { id, state } of access.pairing.list()) if (state === "out") await access.pairing.revoke(id, source);
  const wanted = { principalKind: "machine", permissions: ["read"], channels: ["*"], ttlMs: 60_000 } as const;
  const { code, row } = await access.pairing.invite(wanted, source);
  const { code: link } = await access.sessions.signInLink(undefined, { principal: localOperator, source });
  await access.sessions.openWith({ code: link }, { name: credential });
  const sessionId = access.sessions.list().find(({ browser }) => browser === credential)?.id ?? "";
  return { invitation: { id: row.id, code }, sessionId };
}
