import { z } from "zod";

/** A tool's input as JSON Schema: one flat object, because Claude Code leaves out tools with anyOf at the top. */
export type SlimSchema = {
  type: "object";
  properties: Record<string, SlimProperty>;
  required?: string[];
};

type SlimProperty = { type: string; description?: string; items?: { type: string } };

/**
 * Names, types and descriptions only. Every session of every agent pays for these tokens; limits and patterns
 * are told by the error of the call that breaks one.
 */
export function slimSchema(input: z.ZodObject): SlimSchema {
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: "input", unrepresentable: "any" });
  const slim = Object.entries(properties).map(([name, schema]) => [name, slimProperty(schema)]);
  return {
    type: "object",
    properties: Object.fromEntries(slim) as Record<string, SlimProperty>,
    ...(required.length > 0 ? { required } : {}),
  };
}

function slimProperty(schema: unknown): SlimProperty {
  const { type = "object", description, items } = schema as Partial<SlimProperty>; // as zod writes it
  return {
    type,
    ...(description === undefined ? {} : { description }),
    ...(items === undefined ? {} : { items: { type: items.type } }),
  };
}
