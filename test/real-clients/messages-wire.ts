import { randomUUID } from "node:crypto";
import type { Block } from "./script.ts";

/** A model's answer, whole. */
export function asJson(model: string, blocks: readonly Block[]) {
  return { ...frame(model), content: blocks.map(toWire), stop_reason: stopReasonOf(blocks) };
}

/** The same answer as a stream of events. */
export function asEvents(model: string, blocks: readonly Block[]): string {
  const delta = { stop_reason: stopReasonOf(blocks), stop_sequence: null };
  return [
    event("message_start", { message: frame(model) }),
    ...blocks.flatMap(blockEvents),
    event("message_delta", { delta, usage: { output_tokens: 20 } }),
    event("message_stop", {}),
  ].join("");
}

function blockEvents(block: Block, index: number): string[] {
  const start = (content_block: unknown) => event("content_block_start", { index, content_block });
  const delta = (part: unknown) => event("content_block_delta", { index, delta: part });
  const stop = event("content_block_stop", { index });
  if ("text" in block) {
    return [start({ type: "text", text: "" }), delta({ type: "text_delta", text: block.text }), stop];
  }
  const partial_json = JSON.stringify(block.input);
  return [start({ ...toWire(block), input: {} }), delta({ type: "input_json_delta", partial_json }), stop];
}

const event = (type: string, data: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;

function toWire(block: Block) {
  if ("text" in block) return { type: "text", text: block.text };
  return { type: "tool_use", id: `toolu_${randomUUID().replaceAll("-", "")}`, name: block.tool, input: block.input };
}

const stopReasonOf = (blocks: readonly Block[]) => (blocks.some((block) => "tool" in block) ? "tool_use" : "end_turn");

function frame(model: string) {
  const usage = { input_tokens: 100, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const id = `msg_${randomUUID().replaceAll("-", "")}`;
  return { id, type: "message", role: "assistant", model, content: [], stop_reason: null, stop_sequence: null, usage };
}
