/** A value that a field must not have, in words and as JSON. */
export type Wrong = readonly [what: string, json: string];

const notText: readonly Wrong[] = [
  ["null", "null"],
  ["a number", "5"],
  ["true", "true"],
  ["a list", '["a"]'],
  ["an object", "{}"],
];

const notUnicode: readonly Wrong[] = [
  ["half a surrogate pair", '"a\\ud800"'],
  ["the other half", '"\\udfff"'],
];

const notAName: readonly Wrong[] = [
  ...notText,
  ...notUnicode,
  ["empty", '""'],
  ["blank", '" "'],
  ["padded", '" a "'],
  ["with NUL", '"a\\u0000b"'],
  ["with CRLF", '"a\\r\\nb: c"'],
  ["with an escape sequence", '"\\u001b[2J"'],
];

const name = (longest: number): readonly Wrong[] => [
  ...notAName,
  [`${longest + 1} long`, JSON.stringify("a".repeat(longest + 1))],
];

const content: readonly Wrong[] = [...notText, ...notUnicode, ["empty", '""'], ["with NUL", '"a\\u0000"']];

const envelopeType: readonly Wrong[] = [
  ...notText,
  ["empty", '""'],
  ["with a capital", '"Task"'],
  ["65 long", JSON.stringify("a".repeat(65))],
];

const valid = '"schema_version":1,"type":"task","content":"x"';
const deep = "[".repeat(20) + "]".repeat(20);

const envelope: readonly Wrong[] = [
  ...notText,
  ["of another version", '{"schema_version":2,"type":"task","content":"x"}'],
  ["without a content", '{"schema_version":1,"type":"task"}'],
  ["with an unknown field", `{${valid},"unknown":1}`],
  ["with a content too deep", `{"schema_version":1,"type":"task","content":${deep}}`],
  ["with a thread_id that is a number", `{${valid},"thread_id":5}`],
  ["with metadata that is a list", `{${valid},"metadata":[]}`],
  ["with too many artifacts", `{${valid},"artifacts":[${Array.from({ length: 33 }, () => '{"uri":"u"}').join()}]}`],
  ["with a time that is none", `{${valid},"created_at":"yesterday"}`],
];

const number: readonly Wrong[] = [
  ["null", "null"],
  ["text", '"5"'],
  ["negative", "-1"],
  ["not finite", "1e999"],
  ["a list", "[5]"],
];

const whole: readonly Wrong[] = [...number, ["a fraction", "1.5"], ["beyond the safe integers", "1e20"]];

const scope: readonly Wrong[] = [
  ["null", "null"],
  ["text", '"a"'],
  ["empty", "[]"],
  ["with an empty name", '[""]'],
  ["with a number", "[5]"],
  ["with NUL", '["a\\u0000"]'],
  ["too many", JSON.stringify(Array.from({ length: 65 }, (_, index) => `c${index}`))],
];

/** What each field of every operation must not be. */
export const wrongValues: Readonly<Record<string, readonly Wrong[]>> = {
  channel: name(256),
  channels: scope,
  sender: name(128),
  content,
  to: name(128),
  type: envelopeType,
  thread_id: name(256),
  reply_to: name(256),
  message: envelope,
  idempotency_key: name(256),
  since_id: name(256),
  consumer_id: name(128),
  message_id: name(256),
  limit: [...whole, ["zero", "0"]],
  timeout_seconds: [...number, ["over a day", "86401"]],
  per_channel: [
    ["null", "null"],
    ["text", '"5"'],
    ["a fraction", "1.5"],
    ["not finite", "1e999"],
  ],
  id: name(256),
  supersedes: name(256),
  reason: [...notText, ["empty", '""'], ["301 long", JSON.stringify("a".repeat(301))]],
  wait_seconds: [...number, ["over 55", "56"]],
  pair: [
    ["null", "null"],
    ["text", '"a"'],
    ["one", '["a"]'],
    ["three", '["a","b","c"]'],
  ],
  thread: [
    ["null", "null"],
    ["text", '"a"'],
  ],
  deadline_seconds: [...whole, ["zero", "0"], ["over a month", "2592001"]],
  options: [
    ["null", "null"],
    ["text", '"a"'],
    ["empty", "[]"],
    ["with an empty one", '[""]'],
    ["nine", JSON.stringify(Array.from({ length: 9 }, (_, index) => `o${index}`))],
    ["with one of 81 characters", JSON.stringify(["a".repeat(81)])],
  ],
  max_chars: [...whole, ["too small", "499"], ["too large", "100001"]],
};
