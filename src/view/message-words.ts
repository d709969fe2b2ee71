import type { ReceivedMessage } from "../client/index.ts";
import { type Said, saidBy } from "./said.ts";

/** What a message says as text, and what its envelope says of it. */
export interface MessageWords extends Pick<Said, "type" | "to" | "thread" | "replyTo"> {
  readonly text: string;
}

export function wordsOf(message: Pick<ReceivedMessage, "content" | "isJson" | "envelope">): MessageWords {
  const said = saidBy(message);
  if (said.type === undefined) return { ...said, text: message.content };
  return { ...said, text: typeof said.body === "string" ? said.body : JSON.stringify(said.body) };
}
