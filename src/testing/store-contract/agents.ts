import { expect, it } from "vitest";
import type { AgentRecord } from "../../core/agent-records.ts";
import { maxAgents } from "../../core/limits.ts";
import { freshStore, type OpenStore } from "./fixture.ts";

const agent = (name: string, seenAt = 1, body = "{}"): AgentRecord => ({ name, principal: "p_1", seenAt, body });

export function agents(open: OpenStore): void {
  const fresh = freshStore(open);

  it("are kept by name, for both sides, until they are forgotten", async () => {
    const { here, there } = fresh;
    expect(await here.agents.list()).toEqual([]);
    await here.agents.note([agent("win/b"), agent("win/a", 2.5)]);
    await there.agents.note([agent("win/b", 3, '{"project":"payments"}')]);
    expect(await here.agents.list()).toEqual([agent("win/a", 2.5), agent("win/b", 3, '{"project":"payments"}')]);
    await here.agents.forget(["win/a", "nobody"]);
    expect(await there.agents.list()).toHaveLength(1);
  });

  it("not seen for longest make room for new ones", async () => {
    const { here, there } = fresh;
    await here.agents.note(Array.from({ length: maxAgents }, (_, index) => agent(`a${index}`, 10 + index)));
    await there.agents.note([agent("new", 9_999_999), agent("a0", 9_999_998)]);
    const names = (await here.agents.list()).map(({ name }) => name);
    expect(names).toHaveLength(maxAgents);
    expect(names).toEqual(expect.arrayContaining(["new", "a0"]));
    expect(names).not.toContain("a1");
  });
}
