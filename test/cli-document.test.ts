import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settingNames } from "../src/config/settings.ts";
import { settingReference } from "../src/config/reference.ts";
import { everyCommand } from "./support/commands.ts";

const text = readFileSync(new URL("../docs/cli.md", import.meta.url), "utf8");

const commands = [...everyCommand()];
const ofRelays = ["serve", "mcp"];
const ofThePlugin = ["monitor", "hook"];
/** They are in the README. */
const flagsOfSettings = new Set(settingNames.map((name) => settingReference(name).flag?.split(" ", 1)[0]));

describe("docs/cli.md", () => {
  it.each(commands.filter(([words]) => !ofRelays.includes(words)))(
    "has `claude-bridge %s` with its arguments and flags",
    (words, command) => {
      const flags = command.options.filter(({ long }) => !flagsOfSettings.has(long ?? ""));
      const shown = flags.flatMap(({ long }) =>
        long === undefined || /^--(json|force|quiet)$/.test(long) ? [] : [long],
      );
      const row = text.split("\n").find((line) => line.startsWith(`| \`${words}`)) ?? "";
      expect(row).not.toBe("");
      const missing = [...command.registeredArguments.map((argument) => argument.name()), ...shown];
      expect(missing.filter((part) => !row.includes(part))).toEqual([]);
    },
  );

  it("names no flag that is none", () => {
    const known = new Set(["--help", ...commands.flatMap(([, { options }]) => options.map(({ long }) => long))]);
    const named = [...text.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([flag]) => flag);
    expect(named.filter((flag) => !known.has(flag))).toEqual([]);
  });
});

it("the README lists the commands, but for those of the plugin, and no other", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, section = ""] = /^## The command line\n([^]*?)^## /m.exec(readme) ?? [];
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  const named = rows.flatMap((row) => [...row.matchAll(/`([a-z]+)`/g)].map(([, word]) => word));
  const words = commands.map(([called]) => called.split(" ", 1)[0] ?? "");
  expect(new Set(named)).toEqual(new Set(words.filter((word) => !ofThePlugin.includes(word))));
});

it("every command and every flag says what it does", () => {
  const silent = commands.filter(([, command]) => command.description() === "").map(([words]) => words);
  const silentFlags = commands.flatMap(([words, { options }]) =>
    options.filter(({ description, hidden }) => description === "" && !hidden).map(({ long }) => `${words} ${long}`),
  );
  expect([...silent, ...silentFlags]).toEqual([]);
});
