import { maxChannelLength } from "../core/limits.ts";

/** Why a bridge would refuse a channel of this name, in words for whoever types it; undefined when it would not. */
export function channelNameProblem(name: string): string | undefined {
  if (name === "") return "give it a name";
  if (name.length > maxChannelLength) return `at most ${maxChannelLength} characters`;
  if (!name.isWellFormed()) return "a character in it is broken";
  if (/\p{Cc}/u.test(name)) return "no control characters";
  return name === name.trim() ? undefined : "no blank at either end";
}
