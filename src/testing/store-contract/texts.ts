import { expect, it } from "vitest";
import { maxContentBytes } from "../../core/limits.ts";
import { beginning, type ChannelName, type ConsumerId } from "../../core/message.ts";
import { only } from "../../core/scope.ts";
import { draft, everyEntry, freshStore, nextEntries, type OpenStore, patterns, sendOne, worker } from "./fixture.ts";

const hostileNames: readonly string[] = [
  `it's "quoted"`,
  "100%",
  "a_b",
  "a*",
  "*",
  "back\\slash",
  "-- comment; DROP TABLE entries",
  "[/bold] {x} ${y} $1 ?1 :name @p",
  "Größe/Ünïcode",
  "🦀🧵👩‍👩‍👧",
  "نص عربي",
  "x".repeat(256),
  "🧵".repeat(128),
];

const hostileTexts: readonly (readonly [string, string])[] = [
  ["line ends of all kinds", "a\r\nb\nc\rd\u2028e\u2029\u0085"],
  ["quotes and backslashes", `'";--\\" \\u0000 \`\${x}\``],
  ["emoji and combining marks", "👩🏽‍🚀 e\u0301 \u{10FFFF} \uFEFF"],
  ["controls and blanks", "\u0001\t \u001b[31m\u007f "],
  ["what looks like JSON", `{"a":[1,2,{"b":null}]}`],
  ["a single blank", " "],
];

export function texts(open: OpenStore): void {
  const fresh = freshStore(open);

  it.each(hostileNames)("takes the name %s as it is", async (text) => {
    const { here, there } = fresh;
    const name = text as ChannelName;
    const consumer = text as ConsumerId;
    const sent = await sendOne(here, { ...draft("hello", name, name), idempotencyKey: name });
    await sendOne(here, draft("not for you", "aXb" as ChannelName));
    expect(await nextEntries(there, only(name))).toEqual([sent]);
    expect(sent).toMatchObject({ channel: name, sender: name });
    expect(await here.channels()).toContainEqual(expect.objectContaining({ channel: name, senders: [name] }));
    expect(await here.append([{ ...draft("hello", name, name), idempotencyKey: name }])).toMatchObject([
      { isNew: false },
    ]);
    await here.advance(consumer, sent);
    expect(await here.cursor(consumer, name)).toMatchObject({ seq: sent.seq });
    expect(await here.clear(name)).toMatchObject({ channel: name, count: 1 });
    expect(await here.totals()).toEqual({ channels: 1, messages: 1 });
  });

  it("reads % and _ in a pattern as themselves", async () => {
    const { here } = fresh;
    for (const name of ["100%", "100x", "a_b", "axb"]) await sendOne(here, draft(name, name as ChannelName));
    expect(await here.read(patterns("100%*"), beginning, 10)).toMatchObject([{ content: "100%" }]);
    expect(await here.read(patterns("*a_*"), beginning, 10)).toMatchObject([{ content: "a_b" }]);
  });

  it.each(hostileTexts)("keeps %s byte for byte", async (_name, content) => {
    const { here, there } = fresh;
    const sent = await sendOne(here, draft(content));
    expect(sent.content).toBe(content);
    expect(await nextEntries(there, only(worker))).toEqual([sent]);
    expect(await here.find(sent.id)).toEqual(sent);
    expect(await here.tail(only(worker), 1)).toEqual([sent]);
  });

  it("keeps the longest text byte for byte", async () => {
    const { here } = fresh;
    const ascii = "0123456789abcdef".repeat(maxContentBytes / 16);
    const wide = "🧵".repeat(maxContentBytes / 4);
    await sendOne(here, draft(ascii));
    await sendOne(here, draft(wide));
    const [first, second] = await everyEntry(here);
    expect(first).toMatchObject({ content: ascii });
    expect(second).toMatchObject({ content: wide });
  });

  it("keeps fractions of a millisecond, to the microsecond", async () => {
    const { here, clock } = fresh;
    clock.set(1_767_225_600_123.456);
    const sent = await sendOne(here, draft("one"));
    expect(sent.acceptedAt).toBeCloseTo(1_767_225_600_123.456, 3);
    expect(await everyEntry(here)).toEqual([sent]);
  });
}
