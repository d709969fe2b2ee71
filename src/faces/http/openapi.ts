import { z } from "zod";
import { online } from "../../operations/ping.ts";
import { sessionCookie } from "./credentials.ts";
import { type Route, routes } from "./routes.ts";
import { sessionInput, sessionOutput } from "./session-routes.ts";

/** The HTTP API as OpenAPI 3.1, made from the operations' own schemas. */
export function createOpenApi(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describe(route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Claude Bridge", version, license: { name: "MIT", identifier: "MIT" } },
    paths: { "/status": status, ...paths, "/api/session": session, ...streams },
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: sessionCookie },
      },
    },
    security: [{ token: [] }, { session: [] }, {}],
  };
}

const errorSchema = {
  type: "object",
  required: ["error", "code"],
  properties: {
    error: { type: "string", description: "What was wrong and what to do" },
    code: { type: "string" },
    field: { type: "string" },
    message: { type: "string" },
  },
};

const jsonOf = (schema: object) => ({ "application/json": { schema } });

const refusals = {
  "4XX": { description: "Refused", content: jsonOf({ $ref: "#/components/schemas/Error" }) },
  "5XX": { description: "Not now", content: jsonOf({ $ref: "#/components/schemas/Error" }) },
};

function describe(route: Route): Record<string, unknown> {
  const { operation, fromQuery } = route;
  const input = schemaOf(route.input, "input");
  const answer = { description: operation.title, content: jsonOf(schemaOf(operation.output, "output")) };
  return {
    operationId: operation.name,
    summary: operation.summary,
    ...(fromQuery === undefined
      ? { requestBody: { required: true, content: jsonOf(input) } }
      : { parameters: parametersOf(input, route.path) }),
    responses: { 200: answer, ...refusals },
  };
}

interface ObjectSchema {
  readonly properties?: Record<string, object>;
  readonly required?: readonly string[];
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): ObjectSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any", target: "draft-2020-12" });
  return rest as ObjectSchema;
}

function parametersOf({ properties = {}, required = [] }: ObjectSchema, path: string): readonly object[] {
  return Object.entries(properties).map(([name, schema]) => {
    const isInPath = path.includes(`:${name}`);
    return { name, in: isInPath ? "path" : "query", required: isInPath || required.includes(name), schema };
  });
}

const status = {
  get: {
    operationId: "online",
    summary: "Is a bridge here? Asks for no credential.",
    security: [],
    responses: { 200: { description: "It is", content: jsonOf(schemaOf(online, "output")) } },
  },
};

const sessionAnswer = { 200: { description: "The session", content: jsonOf(schemaOf(sessionOutput, "output")) } };

const session = {
  get: { operationId: "session", summary: "Is this browser signed in, and must it be?", responses: sessionAnswer },
  post: {
    operationId: "session_open",
    summary: "Sign this browser in: with a token, the code of a sign-in link or a person's join code.",
    requestBody: { required: true, content: jsonOf(schemaOf(sessionInput, "input")) },
    responses: { ...sessionAnswer, ...refusals },
  },
  delete: {
    operationId: "session_end",
    summary: "Sign this browser out.",
    responses: { ...sessionAnswer, ...refusals },
  },
};

const streamParameters = [
  { name: "since_id", in: "query", schema: { type: "string" }, description: "Resume after this message" },
  { name: "Last-Event-ID", in: "header", schema: { type: "string" }, description: "As since_id, and before it" },
  {
    name: "with",
    in: "query",
    style: "form",
    explode: false,
    schema: { type: "array", items: { enum: ["receipts", "agents"] } },
    description: "What else to send: receipts as they change, agents as their presence changes",
  },
  {
    name: "receipts_after",
    in: "query",
    schema: { type: "integer", minimum: 0 },
    description: "Resume receipts after this change",
  },
  { name: "token", in: "query", schema: { type: "string" }, description: "For EventSource, which sends no headers" },
];

const stream = (summary: string, parameter: object) => ({
  get: {
    summary,
    parameters: [parameter, ...streamParameters],
    responses: {
      200: {
        description:
          "Server-sent events: message, clear, restore, cursor_stale, replay_truncated, revoked; " +
          "when asked for, receipt, receipts_truncated, agent",
        headers: {
          "Claude-Bridge-Cursor": {
            schema: { type: "string" },
            description: "Without a cursor in the request: one that resumes here, percent-encoded",
          },
          "Claude-Bridge-Receipts": {
            schema: { type: "integer" },
            description: "With receipts: the change of receipts where the stream begins",
          },
        },
        content: { "text/event-stream": { schema: { type: "string" } } },
      },
      ...refusals,
    },
  },
});

const streams = {
  "/events/channel/{channel}": stream("One channel, live", {
    name: "channel",
    in: "path",
    required: true,
    schema: { type: "string" },
  }),
  "/events": stream("Several channels and patterns, live, in one stream", {
    name: "channels",
    in: "query",
    required: true,
    schema: { type: "string" },
    description: "Names and patterns, separated by commas: payments:*,general:sync",
  }),
};
