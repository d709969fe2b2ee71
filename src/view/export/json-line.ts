/** An object as JSON on one line, in which what terminals obey beyond ASCII is spelt out, as JSON does within. */
export const jsonLine = (value: object): string =>
  JSON.stringify({ v: 1, ...value }).replaceAll(/[\u007f-\u009f\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, spell);

const spell = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
