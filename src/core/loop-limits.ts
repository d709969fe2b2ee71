import * as limits from "./limits.ts";

/** What agents may say to each other while no person speaks; the numbers have their reasons in `limits.ts`. */
export interface LoopLimits {
  /** Answers in a row. */
  readonly maxHops: number;
  /** Between the same two agents. */
  readonly maxPairMessages: number;
  readonly pairWindowMs: number;
  /** In one thread of a channel. */
  readonly maxThreadMessages: number;
  readonly threadWindowMs: number;
  /** The same text to the same agents. */
  readonly repeatMs: number;
  readonly minRepeatLength: number;
  /** Without a try, until a breaker opens by itself. */
  readonly quietMs: number;
  /** What is remembered at most. */
  readonly maxPairs: number;
  readonly maxThreads: number;
  readonly maxTexts: number;
  readonly maxClosed: number;
}

export const defaultLoopLimits: LoopLimits = {
  maxHops: limits.maxHopsWithoutPerson,
  maxPairMessages: limits.maxPairMessages,
  pairWindowMs: limits.pairWindowMs,
  maxThreadMessages: limits.maxThreadMessages,
  threadWindowMs: limits.threadWindowMs,
  repeatMs: limits.repeatMs,
  minRepeatLength: limits.minRepeatLength,
  quietMs: limits.loopQuietMs,
  maxPairs: limits.maxLoopPairs,
  maxThreads: limits.maxLoopThreads,
  maxTexts: limits.maxLoopTexts,
  maxClosed: limits.maxClosedBreakers,
};
