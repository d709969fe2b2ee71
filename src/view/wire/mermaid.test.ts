import { describe, expect, it } from "vitest";
import { begin, hostile, rowsOf } from "../../../test/support/message-rows.ts";
import { layOut } from "./layout.ts";
import { mermaidOf } from "./mermaid.ts";

describe("the diagram as Mermaid's text", () => {
  it("says who said what, who is at work, and how far it got", () => {
    const layout = layOut(
      rowsOf([
        { from: "mac/a", to: "win/b", type: "task", text: "run tests", state: "in_context" },
        { from: "win/b", to: "mac/a", type: "result", text: { failures: 2 }, replyTo: "m1", state: "held", at: 300 },
        { from: "mac/a", text: "all: done", at: 301 },
      ]),
    );
    expect(mermaidOf(layout, begin)).toBe(`sequenceDiagram
    participant p0 as mac/a
    participant p1 as win/b
    Note over p0,p1: Today#44; Sunday 22 November
    p0->>p1: task#58; run tests
    activate p1
    Note over p0,p1: 5 m
    p1--xp0: result#58; failures 2
    deactivate p1
    Note right of p0: all#58; done
`);
  });

  it("leaves names and texts nothing that Mermaid would obey", () => {
    const lines = hostile.flatMap((text) => [
      { from: text, to: "b", text, type: "task" },
      { from: text, text },
    ]);
    for (const line of mermaidOf(layOut(rowsOf(lines), { most: 20 }), begin)
      .split("\n")
      .slice(1, -1)) {
      expect(line).toMatch(
        /^ {4}(participant p\d+ as|p\d+(->>|-->>|--x)p\d+:|Note (over|right of) [p\d,]+:|(de)?activate p\d+)/,
      );
      const said = line.replace(/^[^:]*? as |^[^:]*: ?/, "").replaceAll(/#\d+;/g, "");
      expect(said).not.toMatch(/[^\p{L}\p{M}\p{N} ./_…-]|\bend\b/iu);
    }
  });
});
