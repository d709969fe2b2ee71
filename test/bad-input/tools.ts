import { wrongValues } from "./fields.ts";
import { bodyWith } from "./posts.ts";

/** Arguments, as JSON, that a tool must refuse, and the field that it must name. */
export interface BadCall {
  readonly what: string;
  readonly tool: string;
  readonly args: string;
  readonly field: string;
}

/** What each tool takes, with a value that is right for every field that it needs. */
const tools = {
  bridge_send: {
    required: { channel: "c", sender: "s", content: "x" },
    optional: ["to", "type", "thread_id", "reply_to", "idempotency_key"],
  },
  bridge_receive: { required: {}, optional: ["channel", "since_id", "consumer_id", "limit", "max_chars"] },
  bridge_wait: {
    required: { channel: "c", since_id: "beginning" },
    optional: ["consumer_id", "limit", "timeout_seconds", "max_chars"],
  },
  bridge_ask: {
    required: { sender: "s", to: "win", content: "x" },
    optional: ["channel", "thread_id", "idempotency_key", "wait_seconds", "deadline_seconds", "options"],
  },
  bridge_ack: { required: { channel: "c", consumer_id: "me", message_id: "m" }, optional: [] },
  bridge_ping: { required: {}, optional: [] },
  bridge_channels: { required: {}, optional: ["max_chars"] },
  bridge_status: { required: {}, optional: ["per_channel", "max_chars"] },
  bridge_clear: { required: { channel: "c" }, optional: [] },
} as const;

const wrongFields = Object.entries(tools).flatMap(([tool, { required, optional }]): BadCall[] =>
  [...Object.keys(required), ...optional].flatMap((field) =>
    (wrongValues[field] ?? []).map(([what, json]) => ({
      what: `${field} ${what}`,
      tool,
      args: bodyWith(required, field, json),
      field,
    })),
  ),
);

const missing = Object.entries(tools).flatMap(([tool, { required }]): BadCall[] =>
  Object.keys(required).map((field) => ({
    what: `${field} missing`,
    tool,
    args: JSON.stringify({ ...required, [field]: undefined }),
    field,
  })),
);

/** A model that misspells an argument must learn of it. */
const misspelled = Object.entries(tools).map(([tool, { required }]): BadCall => {
  const args = JSON.stringify({ ...required, chanel: "c" });
  return { what: "an argument that it does not have", tool, args, field: "chanel" };
});

const call = (tool: string, what: string, args: object, field: string): BadCall => ({
  what,
  tool,
  args: JSON.stringify(args),
  field,
});

const special: readonly BadCall[] = [
  ...(wrongValues["message"] ?? []).map(([what, json]) => ({
    what: `message ${what}`,
    tool: "bridge_send",
    args: `{"channel":"c","sender":"s","message":${json}}`,
    field: "message",
  })),
  ...(wrongValues["channels"] ?? []).map(([what, json]) => ({
    what: `channels ${what}`,
    tool: "bridge_wait",
    args: `{"since_id":"beginning","channels":${json}}`,
    field: "channels",
  })),
  call("bridge_send", "too many bytes", { channel: "c", sender: "s", content: "é".repeat(65_537) }, "content"),
  call("bridge_receive", "an inbox of nobody", {}, "agent"),
  call("bridge_receive", "a cursor of no channel", { since_id: "beginning" }, "channel"),
  call("bridge_receive", "two cursors", { channel: "c", since_id: "a", consumer_id: "b" }, "since_id"),
  call("bridge_wait", "a channel and several", { channel: "c", channels: ["d"], since_id: "beginning" }, "channels"),
  call("bridge_wait", "a consumer of a pattern", { channels: ["a*"], consumer_id: "me" }, "consumer_id"),
  call("bridge_ack", "an unknown id", { channel: "c", consumer_id: "me", message_id: "nope" }, "message_id"),
];

export const badCalls: readonly BadCall[] = [...wrongFields, ...missing, ...misspelled, ...special];

/** Bodies that are JSON but no call: JSON-RPC has its own errors for them. */
export const badRpc: readonly (readonly [what: string, body: string])[] = [
  ["no version", '{"id":1,"method":"tools/list"}'],
  ["another version", '{"jsonrpc":"1.0","id":1,"method":"tools/list"}'],
  ["no method", '{"jsonrpc":"2.0","id":1}'],
  ["a method that is a number", '{"jsonrpc":"2.0","id":1,"method":5}'],
  ["an unknown method", '{"jsonrpc":"2.0","id":1,"method":"nope"}'],
  ["a method of Object", '{"jsonrpc":"2.0","id":1,"method":"__proto__"}'],
  ["an id that is null", '{"jsonrpc":"2.0","id":null,"method":"tools/list"}'],
  ["an id that is an object", '{"jsonrpc":"2.0","id":{},"method":"tools/list"}'],
  ["params that are a list", '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}'],
  ["no params", '{"jsonrpc":"2.0","id":1,"method":"tools/call"}'],
  ["no tool name", '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}'],
  ["a tool name that is a number", '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":5}}'],
  [
    "arguments that are a list",
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bridge_ping","arguments":[]}}',
  ],
  [
    "arguments that are text",
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bridge_ping","arguments":"x"}}',
  ],
  ["a batch of nothing", "[]"],
  ["a batch of numbers", "[1,2]"],
];
