import { wrongValues } from "./fields.ts";

/** A POST that must be refused: its body as it goes over the wire, and what the refusal says. */
export interface BadPost {
  readonly what: string;
  readonly path: string;
  readonly body: string | Buffer<ArrayBuffer>;
  readonly status: number;
  readonly field?: string;
}

/** What each endpoint takes, with a value that is right for every field. */
const endpoints = {
  "/api/send": {
    required: { channel: "c", sender: "s", content: "x" },
    optional: ["idempotency_key", "to", "type", "thread_id", "reply_to"],
  },
  "/api/ask": {
    required: { sender: "s", to: "win", content: "x" },
    optional: ["channel", "idempotency_key", "thread_id", "deadline_seconds", "wait_seconds", "supersedes", "options"],
  },
  "/api/cancel": { required: { id: "m" }, optional: ["reason"] },
  "/api/release": { required: { id: "m" }, optional: ["pair", "thread"] },
  "/api/ack": { required: { channel: "c", consumer_id: "me", message_id: "m" }, optional: [] },
  "/api/clear": { required: { channel: "c" }, optional: [] },
} as const;

/** Paths that read a JSON body, whatever is in it. */
export const jsonPaths = [...Object.keys(endpoints), "/mcp"];

const wrongFields = Object.entries(endpoints).flatMap(([path, { required, optional }]): BadPost[] =>
  [...Object.keys(required), ...optional].flatMap((field) =>
    (wrongValues[field] ?? []).map(([what, json]) => ({
      what: `${field} ${what}`,
      path,
      body: bodyWith(required, field, json),
      status: 400,
      field,
    })),
  ),
);

const wrongEnvelopes = (wrongValues["message"] ?? []).map(([what, json]): BadPost => ({
  what: `message ${what}`,
  path: "/api/send",
  body: `{"channel":"c","sender":"s","message":${json}}`,
  status: 400,
  field: "message",
}));

const missing = Object.entries(endpoints).flatMap(([path, { required }]): BadPost[] =>
  Object.keys(required).map((field) => ({
    what: `${field} missing`,
    path,
    body: JSON.stringify({ ...required, [field]: undefined }),
    status: 400,
    field,
  })),
);

const send = (what: string, more: object, status: number, field: string): BadPost => ({
  what,
  path: "/api/send",
  body: JSON.stringify({ channel: "c", sender: "s", ...more }),
  status,
  field,
});
const envelope = { schema_version: 1, type: "t", content: "x" };

const special: readonly BadPost[] = [
  send("content beside message", { content: "x", message: envelope }, 400, "message"),
  send("to beside message", { to: "win", message: envelope }, 400, "message"),
  send("content of more bytes than a message may have", { content: "é".repeat(65_537) }, 413, "content"),
  send(
    "message of more bytes than a message may have",
    { message: { ...envelope, content: "é".repeat(65_537) } },
    413,
    "message",
  ),
  {
    what: "message_id that nobody has",
    path: "/api/ack",
    body: '{"channel":"c","consumer_id":"me","message_id":"no-such-message"}',
    status: 404,
    field: "message_id",
  },
];

/** Bodies that are no request at all, for every endpoint that takes JSON. */
const brackets = (count: number) => "[".repeat(count) + "]".repeat(count);
const malformed: readonly (readonly [what: string, body: string | Buffer<ArrayBuffer>])[] = [
  ["no body", ""],
  ["a blank", " "],
  ["half of an object", '{"channel":"c"'],
  ["two objects", "{}{}"],
  ["NaN", "NaN"],
  ["a member that is NaN", '{"channel":NaN}'],
  ["single quotes", "{'channel':'c'}"],
  ["a trailing comma", '{"channel":"c",}'],
  ["null", "null"],
  ["a number", "5"],
  ["text", '"channel"'],
  ["true", "true"],
  ["an empty list", "[]"],
  ["a list of objects", '[{"channel":"c"}]'],
  ["100,000 brackets", brackets(100_000)],
  ["100,000 open brackets", "[".repeat(100_000)],
  ["a member of 100,000 brackets", `{"channel":${brackets(100_000)}}`],
  ["30,000 objects in one another", `${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`],
  ["a raw NUL", '{"channel":"a\0"}'],
  ["a raw line end in a string", '{"channel":"a\nb"}'],
  ["half of a \\u escape", '{"channel":"\\ud8"}'],
  ["bytes that are not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ["a surrogate encoded as UTF-8", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ["an overlong encoding", Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
  ["UTF-16", Buffer.from('{"channel":"c"}', "utf16le")],
  ["gzip", Buffer.from([0x1f, 0x8b, 0x08, 0x00])],
];

const malformedBodies = jsonPaths.flatMap((path): BadPost[] =>
  malformed.map(([what, body]) => ({ what, path, body, status: 400 })),
);

export const badPosts: readonly BadPost[] = [
  ...wrongFields,
  ...wrongEnvelopes,
  ...missing,
  ...special,
  ...malformedBodies,
];

/** The JSON of `fields` with `field` spelled as given. */
export function bodyWith(fields: object, field: string, json: string): string {
  const others = Object.entries(fields).filter(([key]) => key !== field);
  const members = others.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{${[...members, `${JSON.stringify(field)}:${json}`].join()}}`;
}
