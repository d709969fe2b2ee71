import { z } from "zod";

/** What the client asks of the model, as far as the tests look at it. */
const request = z.looseObject({
  model: z.string(),
  stream: z.boolean().optional(),
  tools: z.array(z.looseObject({ name: z.string() })).optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.union([z.string(), z.array(z.unknown())]) })),
});

/** One request of the client to the model. */
export interface Turn {
  /** The names of the tools whose definitions are in the request. None in side calls, such as that for a title. */
  readonly tools: readonly string[];
  /** The tool results of the last message, as text. */
  readonly results: readonly string[];
  /** The last message of the user's side, as text. */
  readonly said: string;
  /** The whole request, as it was on the wire. */
  readonly body: string;
  readonly model: string;
  readonly isStreamed: boolean;
}

export type Block =
  | { readonly text: string }
  | { readonly tool: string; readonly input: Readonly<Record<string, unknown>> };

/** Plays the model: what it answers to a request of the main conversation. */
export type Script = (turn: Turn) => readonly Block[] | Promise<readonly Block[]>;

export function readTurn(body: string): Turn {
  const { model, stream, tools, messages } = request.parse(JSON.parse(body));
  const last = messages.findLast(({ role }) => role === "user")?.content ?? "";
  return {
    tools: (tools ?? []).map(({ name }) => name),
    results: typeof last === "string" ? [] : last.filter((block) => typeOf(block) === "tool_result").map(textOf),
    said: textOf(last),
    body,
    model,
    isStreamed: stream === true,
  };
}

/** A script that gives these answers one after the other, and then says that it is done. */
export function inOrder(...answers: readonly (Block | Script)[]): Script {
  const left = [...answers];
  return async (turn) => {
    const answer = left.shift() ?? { text: "done" };
    return typeof answer === "function" ? await answer(turn) : [answer];
  };
}

const block = z.looseObject({
  type: z.string().optional(),
  text: z.string().optional(),
  content: z.unknown().optional(),
});

const typeOf = (value: unknown) => block.safeParse(value).data?.type;

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textOf).join("\n");
  const { data } = block.safeParse(value);
  if (data === undefined) return "";
  return data.text ?? textOf(data.content);
}
