import { describe, expect, it } from "vitest";
import { maxUnread, maxUnreadChars } from "./limits.ts";
import { createUnread, unreadFrom } from "./unread.ts";

const wire = (n: number, content = "x") => ({
  id: `m${n}`,
  seq: n,
  channel: "a",
  sender: "mac",
  timestamp: "",
  content,
});
const messages = (...values: object[]) => values.map(unreadFrom).filter((message) => message !== undefined);

describe("what is unread", () => {
  it("is not what the agent read before the inbox told of it", () => {
    const unread = createUnread();
    expect(unread.remove(["m1"])).toBe(false);
    expect(unread.add(messages(wire(1), wire(2))).map(({ id }) => id)).toEqual(["m2"]);
    expect(unread.remove(["m2", "m3"])).toBe(true);
    expect(unread.all()).toEqual([]);
  });

  it("is told of once, however often the inbox gives it", () => {
    const unread = createUnread();
    expect(unread.add(messages(wire(1)))).toHaveLength(1);
    expect(unread.add(messages(wire(1)))).toHaveLength(0);
  });

  it("has a bound, and keeps the newest", () => {
    const unread = createUnread();
    unread.add(messages(...Array.from({ length: maxUnread + 1 }, (_, n) => wire(n))));
    expect(unread.all()).toHaveLength(maxUnread);
    expect(unread.has("m0")).toBe(false);
  });

  it("keeps the beginning of a long text, and says that there is more", () => {
    const [message] = messages(wire(1, "y".repeat(maxUnreadChars + 1)));
    expect(message).toMatchObject({ content: "y".repeat(maxUnreadChars), isCut: true });
  });

  it("leaves out what no bridge would give", () => {
    expect(messages({ id: 1 }, {})).toEqual([]);
  });
});
