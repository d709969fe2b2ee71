import { z } from "zod";
import { defaultMaxChars, largestMaxChars, smallestMaxChars } from "../../core/limits.ts";
import type { Operation } from "../../core/operation.ts";
import { operations } from "../../operations/index.ts";
import * as render from "./renderers.ts";
import { slimSchema } from "./schema.ts";
import type { Rendered } from "./tool-host.ts";

/** An operation as a tool: what a model may say, and how the answer is told to it. */
export interface Tool {
  readonly name: string;
  readonly operation: Operation;
  /** Strict: a model that misspells an argument must learn of it. */
  readonly input: z.ZodObject;
  /** The part of the input that a model is told of. */
  readonly shown: z.ZodObject;
  /** Text for the model, from the operation's output and the tool's input. */
  render(output: never, input: never): Rendered;
  /** What a call with this input asks for, and how that is told. */
  meant(input: Readonly<Record<string, unknown>>): Meant;
  /** Always in the model's sight, not behind a search for tools: whoever is to talk must know how. */
  readonly alwaysLoad: boolean;
}

const maxChars = {
  max_chars: z
    .int()
    .min(smallestMaxChars)
    .max(largestMaxChars)
    .default(defaultMaxChars)
    .describe(`default ${defaultMaxChars}`),
};

const role = { role: z.string().optional().describe("sets your name below the machine's") };

const { send, receive, wait, ask, ack, channels, status, ping, clear, whoami, inbox, receipts } = operations;

/** An operation, what to ask of it, and how its answer is told. */
export interface Meant extends Pick<Tool, "operation" | "render"> {
  readonly input: object;
}

/** Without a channel it is what is for the agent itself that is read. */
const orInbox = (one: Tool, inboxInput: (input: Readonly<Record<string, unknown>>) => object): Tool => ({
  ...one,
  meant(input) {
    const isElsewhere = ["channel", "channels", "since_id"].some((field) => input[field] !== undefined);
    return isElsewhere ? one.meant(input) : { operation: inbox, input: inboxInput(input), render: render.renderInbox };
  },
});

const ofMessage = { message_id: receive.input.shape.since_id.describe("how far this one got") };

/** Of one message it is told how far it got. */
const orReceipts = (one: Tool): Tool => ({
  ...one,
  meant(input) {
    const { message_id: id } = input;
    if (id === undefined) return one.meant(input);
    return { operation: receipts, input: { message_ids: [id] }, render: render.renderReceipts };
  },
});

const maybeChannel = { channel: receive.input.shape.channel.optional().describe("absent: what is for you") };

export const tools: readonly Tool[] = [
  { ...tool(send, send.input, render.renderSend, true), shown: send.input.omit({ ttl_seconds: true }) },
  orInbox(
    tool(
      receive,
      receive.input.omit({ full: true }).extend({ ...maybeChannel, ...maxChars }),
      render.renderReceive,
      true,
    ),
    ({ limit }) => ({ limit }),
  ),
  {
    ...orInbox(tool(wait, wait.input.extend(maxChars), render.renderWait, true), ({ limit, timeout_seconds }) => ({
      limit,
      wait_seconds: timeout_seconds,
    })),
    shown: wait.input.omit({ limit: true }),
  },
  {
    ...tool(ask, ask.input, render.renderAsk),
    shown: z.object({
      to: z.string().describe("agent, or `you`: a person"),
      content: z.string(),
      sender: z.string().optional(),
      wait_seconds: z.number().optional(),
    }),
  },
  { ...tool(ack, ack.input, render.renderAck), shown: ack.input.omit({ metadata: true }) },
  { ...tool(channels, channels.input.extend(maxChars), render.renderChannels), shown: channels.input },
  orReceipts({
    ...tool(status, status.input.extend({ ...ofMessage, ...maxChars }), render.renderStatus),
    shown: z.object(ofMessage),
  }),
  tool(ping, ping.input, render.renderPing),
  tool(whoami, whoami.input.extend(role), render.renderWhoami),
  tool(clear, clear.input, render.renderClear),
];

function tool<Input extends z.ZodObject, Output extends z.ZodObject>(
  operation: Operation<z.ZodObject, Output>,
  input: Input,
  renderOutput: (output: z.output<Output>, input: z.output<Input>) => string | Rendered,
  alwaysLoad = false,
): Tool {
  const name = `bridge_${operation.name}`;
  const renderTool = (output: z.output<Output>, asked: z.output<Input>) => {
    const rendered = renderOutput(output, asked);
    return typeof rendered === "string" ? render.textOnly(rendered) : rendered;
  };
  const meant = (asked: object) => ({ operation, input: asked, render: renderTool });
  return { name, operation, input: input.strict(), shown: input, render: renderTool, meant, alwaysLoad };
}

/**
 * As much as a result may have, and its footnotes. Where the client is not told, it keeps a long one from its model, and
 * what we have handed over whole would count as read.
 */
const maxResultChars = largestMaxChars + 20_000;

/** What `tools/list` answers. Made once: the schemas do not change. */
export const toolDefinitions = tools.map(({ name, operation, shown, alwaysLoad }) => ({
  name,
  title: operation.title,
  description: operation.summary,
  inputSchema: slimSchema(shown),
  annotations: annotationsOf(operation),
  ...metaOf({ operation, alwaysLoad }),
}));

/** What Claude Code reads and no model sees. A result that it keeps from its model has not been read. */
function metaOf({ operation, alwaysLoad }: Pick<Tool, "operation" | "alwaysLoad">) {
  const mayBeLong = operation === receive || operation === wait;
  if (!alwaysLoad) return {};
  const long = mayBeLong ? { "anthropic/maxResultSizeChars": maxResultChars } : {};
  return { _meta: { "anthropic/alwaysLoad": true, ...long } };
}

/** Hints that would repeat the specification's defaults are left out; those on a reading tool say nothing. */
function annotationsOf({ effect }: Operation) {
  if (effect === "reads") return { readOnlyHint: true };
  if (effect === "appends") return { destructiveHint: false };
  return effect === "destroys" ? { idempotentHint: true } : { destructiveHint: false, idempotentHint: true };
}
