/** Who is on the bridge of the scene. */
export const agents = {
  orchestrator: { name: "mac/orchestrator", project: "~/src/payments", doing: "working" },
  reviewer: { name: "mac/reviewer", project: "~/src/payments", doing: "idle" },
  worker: { name: "win/worker", project: String.raw`C:\src\payments`, doing: "working" },
  docs: { name: "linux/docs", project: "~/payments-docs", doing: "idle" },
  /** It was here, and has gone. */
  builder: { name: "pi/builder", project: "~/images", doing: "idle" },
} as const;

export type Role = keyof typeof agents;

export interface SceneLine {
  readonly from: Role;
  readonly channel: string;
  readonly content: string | Readonly<Record<string, unknown>>;
  readonly type?: string;
  readonly to?: Role | "you";
  readonly thread?: string;
  /** A name for others to answer. */
  readonly id?: string;
  readonly answers?: string;
  /** How far it gets with whom it is for; `stored` unless told. */
  readonly reaches?: "at_machine" | "in_context";
  /** It is a question with these answers. */
  readonly options?: readonly string[];
}

const payments = { channel: "payments:worker", thread: "payments-42" } as const;
const read = { reaches: "in_context" } as const;

/** What they say, one after the other. */
export const lines: readonly SceneLine[] = [
  { from: "orchestrator", channel: "general:sync", content: "Morning. Payments first, then the image for the pi." },
  { from: "reviewer", channel: "general:sync", content: "Here. I have the refund branch open." },
  {
    from: "worker",
    channel: "payments:events",
    content: { branch: "refunds", commit: "4f1c2ab", minutes: 6, status: "green" },
    type: "note",
  },
  {
    ...payments,
    ...read,
    from: "orchestrator",
    to: "worker",
    type: "task",
    id: "tests",
    content: "Run the payments test suite on Windows and report failures only.",
  },
  {
    ...payments,
    from: "worker",
    to: "orchestrator",
    type: "ack",
    answers: "tests",
    content: "Started. 61 tests, expect about 3 minutes.",
  },
  {
    ...payments,
    ...read,
    from: "orchestrator",
    to: "docs",
    type: "task",
    id: "docs",
    thread: "payments-43",
    content: "Write down what the refund endpoint rounds, and when.",
  },
  {
    ...payments,
    ...read,
    from: "docs",
    to: "orchestrator",
    type: "result",
    answers: "docs",
    thread: "payments-43",
    content: "Done in docs/refunds.md: amounts are cents, and rounded once, after the sum.",
  },
  {
    ...payments,
    from: "worker",
    to: "orchestrator",
    type: "result",
    answers: "tests",
    reaches: "at_machine",
    content: {
      status: "failed",
      tests_run: 61,
      failures: 2,
      first: "refund_rounding",
      also: ["refund_partial"],
      log: { kept: true, lines: 412 },
    },
  },
  {
    ...payments,
    from: "worker",
    to: "you",
    content: "Both failures need the live sandbox key. May I use the one in .env.test?",
    options: ["yes", "no, mock it"],
  },
  {
    ...payments,
    ...read,
    from: "orchestrator",
    to: "reviewer",
    type: "task",
    id: "review",
    content: "Please review refund_rounding: round once, after the sum.",
  },
  {
    from: "reviewer",
    to: "orchestrator",
    channel: "payments:review",
    type: "review",
    answers: "review",
    thread: "payments-42",
    reaches: "in_context",
    content: "refund.ts rounds each item before it sums: 3 × 0.335 gives 1.02, not 1.01.",
  },
  {
    ...payments,
    ...read,
    from: "orchestrator",
    to: "worker",
    type: "task",
    id: "again",
    content: "The rounding is fixed in 9b2e01d. Run refund_rounding once more, please.",
  },
  { ...payments, from: "worker", type: "note", content: "Pulling 9b2e01d; the sandbox is warm." },
  {
    from: "reviewer",
    to: "builder",
    channel: "images:pi",
    type: "task",
    thread: "images-7",
    content: "Please rebuild the image at 9b2e01d and post the digest.",
  },
];
