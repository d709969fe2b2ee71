import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../src/client/index.ts";
import { quickly } from "./support/client.ts";
import { type Served, serve } from "./support/face.ts";

/** Who is taken to be at work, and so to see mail at its next step. */

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

const as = (agent: string) => connect({ url: served.url, agent, ...quickly });
const channel = "payments:worker";

describe("who only sends", () => {
  it("is not taken to be at work: a script that calls itself something sees nothing at its next step", async () => {
    await as("ci/build").send({ channel, content: "the build is green" });
    await as("ci/build").send({ channel, content: "and tagged" });
    const { next } = await as("mac/a").send({ channel, content: "thanks", to: "ci/build" });
    expect(next).toMatch(/^ci\/build is away, last seen just now/);
  });

  it("is at work where a shim has said that it is beside it", async () => {
    await as("win/worker").announce({ shim: "1.0.0" });
    await as("win/worker").send({ channel, content: "working on it" });
    const { next } = await as("mac/a").send({ channel, content: "thanks", to: "win/worker" });
    expect(next).toBe("win/worker is at work and sees it at its next step.");
  });
});
