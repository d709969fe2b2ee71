import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const examples = join(import.meta.dirname, "../examples");

it.each(readdirSync(examples))("the example %s checks itself", async (name) => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(examples, name, `${name}.ts`)]);
  expect(stdout).toContain("arrived");
});
