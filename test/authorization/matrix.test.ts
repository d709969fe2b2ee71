import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Operation } from "../../src/core/operation.ts";
import { type Permission, permissions } from "../../src/core/principal.ts";
import { type OperationName, operations } from "../../src/operations/index.ts";
import { bearer, tokenFor } from "../support/credentials.ts";
import { post, type Served, serve } from "../support/face.ts";
import { enter, type FaceName, faceNames, has, type WayIn } from "./faces.ts";
import { makeWorld, outsideText, type Place, rows } from "./rows.ts";

/**
 * Every operation, over every face that has it, for every permission alone, for none and for all of them, in a channel
 * that the credential is for and in one that it is not for. Made from the operations and the faces' own tables.
 */

const sets: readonly (readonly Permission[])[] = [[], ...permissions.map((permission) => [permission]), permissions];
const named = Object.entries(operations) as readonly (readonly [OperationName, Operation])[];
const shown = (held: readonly Permission[]) => (held.length === 0 ? "nothing" : held.join(" "));

interface Case {
  readonly face: FaceName;
  readonly name: OperationName;
  readonly operation: Operation;
  readonly held: readonly Permission[];
  readonly holds: string;
  readonly place: Place;
  readonly expected: string;
}

function expectedOf(name: OperationName, operation: Operation, held: readonly Permission[], place: Place): string {
  const { needs = operation.permission, outside = "ok" } = rows[name];
  if (needs !== "none" && !held.includes(needs)) return "forbidden";
  return place === "outside" ? outside : "ok";
}

const cases: readonly Case[] = faceNames.flatMap((face) =>
  named
    .filter(([, operation]) => has(face, operation))
    .flatMap(([name, operation]) =>
      sets.flatMap((held) =>
        (["inside", "outside"] as const).map((place) => {
          const expected = expectedOf(name, operation, held, place);
          return { face, name, operation, held, holds: shown(held), place, expected };
        }),
      ),
    ),
);

let served: Served;
const waysIn = new Map<string, WayIn>();
const keyOf = ({ face, holds }: Pick<Case, "face" | "holds">) => `${face} with ${holds}`;

beforeAll(async () => {
  served = await serve();
  for (const [index, held] of sets.entries()) {
    const { token } = await tokenFor(served.bridge, `caller-${index}`, { permissions: held, channels: ["inside:*"] });
    for (const face of faceNames) {
      waysIn.set(keyOf({ face, holds: shown(held) }), await enter(face, served.url, token));
    }
  }
});
afterAll(async () => {
  for (const { close } of waysIn.values()) await close();
  await served.close();
  expect(served.errors).toEqual([]);
});

describe("the matrix", () => {
  it("has every operation, each on a face", () => {
    expect(Object.keys(rows).toSorted()).toEqual(Object.keys(operations).toSorted());
    expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(Object.keys(operations)));
  });

  it("has allowed and refused calls of every operation that needs something", () => {
    const needing = named.filter(([name, { permission }]) => (rows[name].needs ?? permission) !== "none");
    for (const [name] of needing) {
      const expected = new Set(cases.filter((one) => one.name === name).map((one) => one.expected));
      expect([name, expected.has("ok"), expected.has("forbidden")]).toEqual([name, true, true]);
    }
  });

  it.each(cases)("$face: $name $place its channels, with $holds: $expected", async (one) => {
    const world = await makeWorld(served.bridge, one.place);
    const said = await waysIn.get(keyOf(one))?.call(one.operation, rows[one.name].input(world));
    expect(said).toMatchObject({ code: one.expected });
    expect(said?.text).not.toContain(outsideText);
    expect(said?.text).not.toMatch(/"outside:a"|• outside:a|\[outside:a\] — \d/);
  });
});

describe("what is no operation", () => {
  const asked = sets.flatMap((held) =>
    (["inside", "outside"] as const).map((place) => ({ held, holds: shown(held), place })),
  );

  async function tokenWith(held: readonly Permission[]): Promise<string> {
    const { token } = await tokenFor(served.bridge, `reader-${crypto.randomUUID()}`, {
      permissions: held,
      channels: ["inside:*"],
    });
    return token;
  }

  it.each(asked)("an event stream $place the credential's channels, with $holds", async ({ held, place }) => {
    const headers = bearer(await tokenWith(held));
    const isAllowed = held.includes("read") && place === "inside";
    for (const path of [`/events/channel/${place}:a`, `/events?channels=${place}:a`]) {
      const response = await fetch(`${served.url}${path}`, { headers });
      expect(response.status).toBe(isAllowed ? 200 : 403);
      await response.body?.cancel();
    }
  });

  it.each(sets.map((held) => ({ held, holds: shown(held) })))(
    "reading the limits again, with $holds",
    async ({ held }) => {
      const response = await post(`${served.url}/api/admin/reload`, {}, bearer(await tokenWith(held)));
      expect(response.status).toBe(held.includes("admin") ? 200 : 403);
    },
  );
});
