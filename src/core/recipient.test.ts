import { describe, expect, it } from "vitest";
import { maxNamedCandidates } from "./limits.ts";
import { createRecipients, resolveRecipient } from "./recipient.ts";

const known = {
  agents: ["mac/reviewer", "mac/worker", "pc/worker", "Böb/dev", "solo", "PC/worker"],
  machines: ["mac", "pc", "solo"],
  persons: ["Ada"],
};
const resolve = (to: string) => resolveRecipient(to, known);

describe("a recipient", () => {
  it.each([
    ["mac/reviewer", { kind: "agent", name: "mac/reviewer" }],
    ["reviewer", { kind: "agent", name: "mac/reviewer" }],
    ["mac", { kind: "machine", name: "mac" }],
    ["you", { kind: "person", name: "you" }],
    ["Ada", { kind: "person", name: "Ada" }],
  ])("is found by its name, or by a role that only it has: %s", (to, found) => {
    expect(resolve(to)).toEqual(found);
  });

  it.each([
    ["MAC/Reviewer", { kind: "agent", name: "mac/reviewer" }],
    ["REVIEWER", { kind: "agent", name: "mac/reviewer" }],
    ["Mac", { kind: "machine", name: "mac" }],
    ["You", { kind: "person", name: "you" }],
    ["ada", { kind: "person", name: "Ada" }],
    ["bo\u0308b/dev", { kind: "agent", name: "Böb/dev" }],
  ])("is found whatever the case, if there is only one: %s", (to, found) => {
    expect(resolve(to)).toEqual(found);
  });

  it("is the one of exactly this name, though others differ only in case", () => {
    expect(resolve("pc/worker")).toEqual({ kind: "agent", name: "pc/worker" });
    expect(resolve("PC/worker")).toEqual({ kind: "agent", name: "PC/worker" });
    expect(resolve("Pc/Worker")).toEqual({ kind: "ambiguous", candidates: ["PC/worker", "pc/worker"] });
  });

  it("is the one agent with exactly this role, though others differ only in case", () => {
    const both = { agents: ["mac/dev", "pc/Dev"], machines: [], persons: [] };
    expect(resolveRecipient("dev", both)).toEqual({ kind: "agent", name: "mac/dev" });
    expect(resolveRecipient("DEV", both)).toEqual({ kind: "ambiguous", candidates: ["mac/dev", "pc/Dev"] });
  });

  it("is ambiguous by a role that several have, and they are named", () => {
    expect(resolve("worker")).toEqual({ kind: "ambiguous", candidates: ["PC/worker", "mac/worker", "pc/worker"] });
    const agents = Array.from({ length: 1000 }, (_, at) => `m${at}/dev`);
    const many = resolveRecipient("dev", { agents, machines: [], persons: [] });
    expect(many).toMatchObject({ kind: "ambiguous" });
    expect("candidates" in many ? many.candidates : []).toHaveLength(maxNamedCandidates);
  });

  it("is the agent where a machine is called the same", () => {
    expect(resolve("solo")).toEqual({ kind: "agent", name: "solo" });
  });

  it("is whoever sits at a keyboard for `you`, whoever else calls itself so", () => {
    const imposters = { agents: ["you"], machines: ["you"], persons: ["you"] };
    expect(resolveRecipient("you", imposters)).toEqual({ kind: "person", name: "you" });
  });

  it("is unknown with the nearest names otherwise", () => {
    expect(resolve("mac/reveiwer")).toEqual({ kind: "unknown", nearest: expect.arrayContaining(["mac/reviewer"]) });
    expect(resolve("")).toMatchObject({ kind: "unknown" });
    expect(resolve("constructor")).toEqual({ kind: "unknown", nearest: [] });
  });
});

describe("a mention", () => {
  const { mentioned } = createRecipients(known);

  it("means an agent or a person, but no machine, and nobody if several can be meant", () => {
    expect(mentioned("reviewer")).toBe("mac/reviewer");
    expect(mentioned("you")).toBe("you");
    expect(mentioned("ada")).toBe("Ada");
    expect([mentioned("mac"), mentioned("worker"), mentioned("nobody")]).toEqual([undefined, undefined, undefined]);
  });
});
