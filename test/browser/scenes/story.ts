import { type BridgeClient, connect } from "../../../src/client/index.ts";

/** A morning of three agents and a person, told through the bridge's own API, so that everything in it is as it would be. */
export interface Told {
  /** Ids by what they are in the story. */
  readonly ids: Readonly<Record<"task" | "result" | "question" | "held" | "review", string>>;
}

export const nothingTold: Told = { ids: { task: "", result: "", question: "", held: "", review: "" } };

const channel = "payments:worker";
const thread = "payments-42";

type Agent = BridgeClient;
interface Cast {
  readonly mac: Agent;
  readonly win: Agent;
  readonly reviewer: Agent;
  readonly pi: Agent;
}

export async function tellStory(url: string, token?: string): Promise<Told> {
  const as = (agent: string) => connect({ url, agent, sender: agent, token });
  const cast = {
    mac: as("mac/orchestrator"),
    win: as("win/worker"),
    reviewer: as("mac/reviewer"),
    pi: as("pi/builder"),
  };
  await arrive(cast);
  const ids = { ...(await runTests(cast)), ...(await askOthers(cast)) };
  await goOnElsewhere(cast, ids.review);
  return { ids };
}

async function arrive({ mac, win, reviewer, pi }: Cast): Promise<void> {
  const payments = { project: "payments", client: { name: "claude-code", version: "2.1.330" }, shim: "1.0.0" };
  await mac.announce({ ...payments, doing: "working", ways: ["monitor"], proved: { way: "monitor" } });
  await reviewer.announce({ ...payments, doing: "idle" });
  await win.announce({ ...payments, doing: "waiting", waitingOn: "you" });
  await pi.announce({ doing: "idle", project: "images", gone: true });
}

async function runTests({ mac, win }: Cast) {
  const about = { channel, threadId: thread };
  const what = "Run the payments test suite on Windows and report failures only.";
  const task = await mac.send({ ...about, to: "win/worker", type: "task", content: what });
  await win.mark([{ messageId: task.id, state: "in_context" }]);
  const reply = { ...about, to: "mac/orchestrator", type: "ack", replyTo: task.id };
  const started = await win.send({ ...reply, content: "Started. 61 tests, expect about 3 minutes." });
  await mac.mark([{ messageId: started.id, state: "in_context" }]);
  const content = { phase: 1, status: "failed", tests_run: 61, failures: 2, first: "refund_rounding" };
  const envelope = {
    schema_version: 1,
    type: "result",
    recipient: "mac/orchestrator",
    thread_id: thread,
    reply_to: task.id,
    content,
    artifacts: [{ uri: "git:4f1c2ab", name: "failing tests" }],
  } as const;
  const result = await win.send({ channel, envelope: { ...envelope, artifacts: [...envelope.artifacts] } });
  await mac.mark([{ messageId: result.id, state: "at_machine" }]);
  const question = await win.ask({
    ...about,
    to: "you",
    content: "Both failures need the live sandbox key. May I use the one in .env.test?",
    options: ["Yes, this once", "No"],
  });
  return { task: task.id, result: result.id, question: question.id };
}

async function askOthers({ mac, reviewer }: Cast) {
  const task = { channel, type: "task" };
  const review = await mac.send({
    ...task,
    to: "mac/reviewer",
    threadId: "payments-43",
    content: "Review refund_rounding: does it round half to even?",
  });
  await reviewer.mark([{ messageId: review.id, state: "acknowledged" }]);
  const held = await mac.send({
    ...task,
    to: "pi/builder",
    threadId: "images-7",
    content: "Please rebuild the image at 4f1c2ab and post the digest.",
  });
  return { review: review.id, held: held.id };
}

async function goOnElsewhere({ mac, reviewer, pi }: Cast, review: string): Promise<void> {
  await mac.send({
    channel: "payments:orchestrator",
    content: "Plan for today: Windows failures first, then the image.",
  });
  await reviewer.send({
    channel: "payments:review",
    to: "mac/orchestrator",
    type: "result",
    threadId: "payments-43",
    replyTo: review,
    content: "It truncates. Fix in 4f1c2ab, with a test for 0.005.",
  });
  for (let at = 1; at <= 8; at += 1) {
    const content = { build: 880 + at, status: at % 4 === 0 ? "failed" : "passed", seconds: 30 + at };
    await pi.send({ channel: "payments:events", envelope: { schema_version: 1, type: "note", content } });
  }
  await mac.send({ channel: "general:sync", content: "Good morning. The bridge is the place to ask from now on." });
}
