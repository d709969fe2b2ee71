import { expect, it } from "vitest";
import { toLogLine } from "./log-line.ts";

it("shows what a relay has logged with its time, level and details", () => {
  const line = '{"level":30,"time":1795397698123,"pid":1,"hostname":"vm","port":8765,"msg":"listening"}';
  expect(toLogLine(line)).toMatch(/^2026-11-2\d \d\d:\d\d \S+ info {2}listening port=8765$/);
});

it.each(["warning: the disk is full", '{"time":9e99}', "[]", "null", "{"])("leaves %s as it is", (line) => {
  expect(toLogLine(line)).toBe(line);
});

it("shows nothing that a terminal would obey", () => {
  expect(toLogLine("a\u001b[2Jb")).toBe("a\\u{1b}[2Jb");
});
