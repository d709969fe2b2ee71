import { describe, expect, it } from "vitest";
import type { FoundInFull } from "../../client/index.ts";
import { begin, hostile, rowsOf } from "../../../test/support/message-rows.ts";
import { collect } from "./collect.ts";
import { writeExport } from "./write.ts";

const secret = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
const found = [...hostile, `the key is ${secret}`].flatMap((text) =>
  rowsOf([{ from: text, to: "win/b", text, type: "task" }]).map(
    ({ message, receipts }) => ({ ...message, receipts }) as unknown as FoundInFull,
  ),
);
const written = (form: "jsonl" | "md" | "html", redact = false) =>
  writeExport(found, { form, title: "payments <b>", redact, now: begin }).join("");

describe("a file of messages", () => {
  it("is one object a line, or text in which nothing is obeyed, with every message in it", () => {
    const lines = written("jsonl").trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(found.map(() => "message"));
    expect(written("md").match(/^## /gm)).toHaveLength(found.length);
    // oxlint-disable-next-line no-control-regex -- those are what must not be there
    expect(written("md") + written("html")).not.toMatch(/[\u0007\u001b\u202e\ud800]/u);
  });

  it("is as a page whole in itself, with the diagram, and runs nothing", () => {
    const page = written("html");
    expect(page.match(/<article /g)).toHaveLength(found.length);
    expect(page).toContain("<figure><svg");
    expect(page).not.toMatch(/<script|<img|<b>pay|href="(?!#)|<[^>]*\ssrc=/);
    expect(page).toContain("default-src 'none'");
  });

  it("has no credential in it when it is to have none", () => {
    for (const form of ["jsonl", "md", "html"] as const) {
      expect(written(form)).toContain(secret);
      expect(written(form, true)).not.toContain(secret.slice(0, 12));
    }
  });

  it("has all pages of what a query finds, in the order of the log, and tells how far it is", async () => {
    const pages = [
      { messages: found.slice(2, 4).toReversed(), next: 3 },
      { messages: [], next: 2 },
      { messages: found.slice(0, 2).toReversed(), next: undefined },
    ];
    const asked: unknown[] = [];
    const search = (async (what: unknown) => {
      asked.push(what);
      return pages.shift();
    }) as never;
    const counts: number[] = [];
    const all = await collect({ search }, "in:a", (count) => counts.push(count), new AbortController().signal);
    expect(all).toEqual({ messages: found.slice(0, 4), isCut: false });
    expect(counts).toEqual([2, 2, 4]);
    expect(asked).toMatchObject([{ query: "in:a", before: undefined }, { before: 3 }, { before: 2 }]);
  });
});
