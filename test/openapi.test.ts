import { Validator } from "@seriousme/openapi-schema-validator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { routes } from "../src/faces/http/routes.ts";
import { type Served, serve } from "./support/face.ts";

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(async () => {
  expect(served.errors).toEqual([]);
  await served.close();
});

const ofOperations = routes.map(({ path }) => path.replace(":id", "{id}"));
const api = (path: string) => `${served.url}${path}`;
const get = async (path: string) => (await fetch(api(path))).json() as Promise<Record<string, unknown>>;

describe("GET /api/openapi.json", () => {
  it("describes every route from the operations' own schemas", async () => {
    const document = (await get("/api/openapi.json")) as {
      openapi: string;
      paths: Record<string, Record<string, object>>;
    };
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths).toSorted()).toEqual(
      [...new Set([...ofOperations, "/api/session", "/events", "/events/channel/{channel}", "/status"])].toSorted(),
    );
    expect(document.paths["/api/ack"]?.["post"]).toMatchObject({
      requestBody: {
        content: { "application/json": { schema: { required: ["channel", "consumer_id", "message_id"] } } },
      },
    });
  });

  it("is valid OpenAPI 3.1", async () => {
    const result = await new Validator().validate(await get("/api/openapi.json"));
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
  });
});

describe("the page", () => {
  it("is there without a credential, and asks no other host for anything", async () => {
    const html = await (await fetch(api("/"))).text();
    expect(html).toContain("<title>Claude Bridge</title>");
    expect(html).not.toMatch(/https?:\/\//);
    expect((await fetch(api("/icon.svg"))).headers.get("content-type")).toContain("image/svg+xml");
  });

  it("is off with --no-dashboard", async () => {
    const off = await serve({ dashboard: undefined });
    expect((await fetch(`${off.url}/`)).status).toBe(404);
    await off.close();
  });
});
