import { expect, it } from "vitest";
import { previewText } from "./preview.ts";

it("is the text of an envelope, whole or cut", () => {
  expect(previewText('{"content":"Run the \\"tests\\"","schema_version":1}')).toBe('Run the "tests"');
  expect(previewText('{"content":"Run the te')).toBe("Run the te");
  expect(previewText('{"content":"a\\u00')).toBe("a\\u00");
});

it("is values without punctuation where the text is JSON", () => {
  expect(previewText('{"content":{"status":"failed","tests":61}')).toBe("status failed, tests 61");
  expect(previewText('{"a":[1,2]')).toBe("a 1, 2");
});

it("is any other text as it is, with nothing hidden in it", () => {
  expect(previewText("hello, {you}: a\u{202e}b")).toBe("hello, {you}: a\\u{202e}b");
});
