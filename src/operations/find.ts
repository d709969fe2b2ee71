import { z } from "zod";
import { readContent } from "../core/envelope.ts";
import { BridgeError } from "../core/errors.ts";
import * as fields from "../core/fields.ts";
import { defineOperation } from "../core/operation.ts";
import { toWire, wireMessage } from "../core/wire.ts";

export const find = defineOperation({
  name: "find",
  title: "Find message",
  summary: "One message, whole.",
  permission: "read",
  effect: "reads",
  input: z.object({ id: fields.messageId }),
  output: wireMessage.extend({
    content: z.string(),
    content_parsed: z.unknown().describe("The content as JSON, null when it is not"),
    bytes: z.int().describe("Of the content in UTF-8"),
  }),

  async run({ id }, { store }) {
    const entry = await store.find(id);
    if (entry?.kind !== "message") throw new BridgeError("not_found", "not found", { field: "id" });
    const reading = readContent(entry.content);
    const parsed = "value" in reading ? (reading.value ?? null) : null;
    const { content } = entry;
    return { ...toWire(entry, "parsed", reading), content, content_parsed: parsed, bytes: fields.bytesOf(content) };
  },
});
