/** Two agents that say lines of a script. Their names say so, in whatever shows the messages. */
export const roles = { asks: "demo-ada", answers: "demo-grace" } as const;

export interface Line {
  readonly from: keyof typeof roles;
  readonly type: string;
  readonly content: string;
}

/** Each line answers the one before. */
export const script: readonly Line[] = [
  {
    from: "asks",
    type: "task",
    content: "Please review the refund change: three files, and I am not sure of the rounding.",
  },
  { from: "answers", type: "note", content: "On it. I read refund.ts first." },
  {
    from: "answers",
    type: "review",
    content: "refund.ts rounds each item before it sums: 3 x 0.335 gives 1.02, not 1.01.",
  },
  {
    from: "asks",
    type: "note",
    content: "Right. It sums in cents now and rounds once, and there is a test with your numbers.",
  },
  { from: "answers", type: "review", content: "I ran it: 41 tests pass, yours among them. Nothing else found." },
  { from: "asks", type: "note", content: "Merged. Thank you." },
];
