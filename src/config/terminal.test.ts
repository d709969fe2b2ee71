import { expect, it } from "vitest";
import { readTerminalConfig } from "./terminal.ts";

const coloursOf = (env: Readonly<Record<string, string>>) => readTerminalConfig({ env, platform: "linux" }).colours;

it("knows how many colours a terminal has by what its variables say", () => {
  expect(coloursOf({ TERM: "xterm-256color", COLORTERM: "truecolor" })).toBe("all");
  expect(coloursOf({ TERM: "xterm-256color" })).toBe("256");
  expect(coloursOf({ TERM: "xterm" })).toBe("16");
  expect(coloursOf({ TERM: "dumb" })).toBe("none");
});

it("uses none where NO_COLOR holds anything, and as many as somebody forces", () => {
  expect(coloursOf({ NO_COLOR: "1", FORCE_COLOR: "3", COLORTERM: "truecolor" })).toBe("none");
  expect(coloursOf({ NO_COLOR: "", TERM: "xterm" })).toBe("16");
  expect(coloursOf({ FORCE_COLOR: "2", TERM: "xterm" })).toBe("256");
});

it("takes the editor that somebody has chosen", () => {
  const editorOf = (env: Readonly<Record<string, string>>) => readTerminalConfig({ env, platform: "linux" }).editor;
  expect(editorOf({ VISUAL: "code --wait", EDITOR: "ed" })).toBe("code --wait");
  expect(editorOf({ VISUAL: " ", EDITOR: "ed" })).toBe("ed");
  expect(editorOf({})).toBe("vi");
});
