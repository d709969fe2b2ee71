import { visible } from "../core/visible.ts";

/**
 * What the first characters of a content say, where the rest is not here: of an envelope its text or its values, without
 * the punctuation of JSON.
 */
export function previewText(preview: string): string {
  const text = /^\{(?:"artifacts":\[\],)?"content":"((?:[^"\\]|\\.)*)/s.exec(preview)?.[1];
  if (text !== undefined) return visible(unescaped(text));
  if (!/^\s*[[{]"/.test(preview)) return visible(preview);
  const inside = preview.replace(/^\{"content":/, "");
  return visible(
    inside
      .replaceAll(/[{}[\]"]/g, "")
      .replaceAll(":", " ")
      .replaceAll(",", ", "),
  );
}

/** A text may have been cut in the middle of an escape: then it stays as it is. */
function unescaped(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}
