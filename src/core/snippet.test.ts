import { expect, it } from "vitest";
import { parseQuery } from "./search-query.ts";
import { snippetOf } from "./snippet.ts";

function marked(content: string, query: string): string {
  const { text, matches } = snippetOf(content, parseQuery(query, 0));
  let shown = "";
  let at = 0;
  for (const { start, end } of matches) {
    shown += `${text.slice(at, start)}[${text.slice(start, end)}]`;
    at = end;
  }
  return shown + text.slice(at);
}

it("marks what was looked for", () => {
  expect(marked("The Refund and the refunds", "refund*")).toBe("The [Refund] and the [refunds]");
  expect(marked("refund rounding, rounding", '"refund rounding" -the')).toBe("[refund rounding], rounding");
  expect(marked("a b a b c", '"a b" "b a"')).toBe("[a b a b] c");
  expect(marked("GRÖSSE", "grosse")).toBe("[GRÖSSE]");
});

it("shows the beginning where nothing of the text was looked for", () => {
  expect(marked("hello", "from:win")).toBe("hello");
  expect(marked("x".repeat(300), "from:win")).toBe(`${"x".repeat(200)}…`);
});

it("shows the piece around the first match", () => {
  const text = `${"before ".repeat(50)}needle${" after".repeat(50)}`;
  expect(marked(text, "needle")).toMatch(/^….{40}\[needle\].{154}…$/u);
  expect(snippetOf(`${"🦀".repeat(50)} needle`, parseQuery("needle", 0)).text.isWellFormed()).toBe(true);
});

it("shows the text of an envelope", () => {
  const content = JSON.stringify({ schema_version: 1, type: "task", content: { a: "one", b: ["two"] } });
  expect(marked(content, "two")).toBe("one\n[two]");
});
