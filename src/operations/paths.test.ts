import { expect, it } from "vitest";
import { routes } from "../faces/http/routes.ts";
import { paths } from "./paths.ts";

it("the paths that are asked are those that the HTTP API has", () => {
  const served = routes.map(({ operation, method, path }) => `${operation.name} ${method} ${path}`);
  const asked = Object.entries(paths).map(([name, { method, path }]) => `${name} ${method} ${path}`);
  expect(asked.filter((place) => !served.includes(place))).toEqual([]);
});
