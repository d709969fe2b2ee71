import { isIP } from "node:net";

/**
 * A kind of value: how it is written and what is allowed. Flags and variables hold text, the configuration file
 * holds JSON of one type, which is read as if it had been written as text: one grammar for all three.
 */
export interface Kind<T> {
  /** Completes "NAME must be …". */
  readonly expected: string;
  /** What `typeof` says of a value, or of each value of a list, in the configuration file. */
  readonly json: "string" | "number" | "boolean";
  /** A list: a flag may be repeated, a variable has commas, the file has an array. */
  readonly isList?: true;
  /** Never shown in a message. */
  readonly isSecret?: true;
  /** A place in the file system, relative to where it was written down. */
  readonly isPath?: true;
  /** The value, or undefined when the text is not one. A kind that is no list is given one text. */
  readonly parse: (texts: readonly string[]) => T | undefined;
}

export const boolean: Kind<boolean> = {
  expected: "one of 1, true, yes, on, 0, false, no, off",
  json: "boolean",
  parse: one((text) => booleanWords[text.toLowerCase()]),
};

const booleanWords: Readonly<Record<string, boolean>> = {
  1: true,
  true: true,
  yes: true,
  on: true,
  0: false,
  false: false,
  no: false,
  off: false,
};

/** Larger counts say nothing a machine could hold, and stay exact as JavaScript numbers. */
const maxWhole = 2_147_483_647;

export function whole(min: number, max = maxWhole): Kind<number> {
  return {
    expected: max === maxWhole ? `a whole number, ${min} or more` : `a whole number from ${min} to ${max}`,
    json: "number",
    parse: one((text) => inRange(/^\d{1,10}$/.test(text), text, min, max)),
  };
}

export const days: Kind<number> = {
  expected: "a number of days, 0 or more (fractions are allowed)",
  json: "number",
  parse: one((text) => inRange(/^\d{1,6}(\.\d{1,9})?$/.test(text), text, 0, 1_000_000)),
};

function inRange(isNumber: boolean, text: string, min: number, max: number): number | undefined {
  const value = Number(text);
  return isNumber && value >= min && value <= max ? value : undefined;
}

export function oneOf<T extends string>(...words: readonly T[]): Kind<T> {
  return {
    expected: `one of ${words.join(", ")}`,
    json: "string",
    parse: one((text) => words.find((word) => word === text)),
  };
}

export const path: Kind<string> = {
  expected: "a path",
  json: "string",
  isPath: true,
  parse: one((text) => (text === "" || text.includes("\0") ? undefined : text)),
};

/**
 * What can be sent in a header as it is. White space at an end is refused and not stripped: a token that is not
 * the one that was written would lock its owner out.
 */
export const token: Kind<string> = {
  expected: "printable ASCII without blanks at its ends, and not empty",
  json: "string",
  isSecret: true,
  parse: one((text) => (/^[!-~]([ -~]*[!-~])?$/.test(text) ? text : undefined)),
};

/** Where a bridge answers; what follows the port is nobody's business here. */
export const address: Kind<string> = {
  expected: "an address such as http://192.168.1.42:8765",
  json: "string",
  parse: one((text) => {
    const url = URL.parse(text);
    const isAddress = url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
    return isAddress ? url.origin : undefined;
  }),
};

export const name: Kind<string> = {
  expected: "a name",
  json: "string",
  parse: one((text) => (text.trim() === "" ? undefined : text)),
};

export const host: Kind<string> = {
  expected: "an IP address or a host name to listen on",
  json: "string",
  parse: one((text) => (isHost(bare(text)) ? bare(text) : undefined)),
};

export const hosts: Kind<readonly string[]> = {
  expected: "host names without a port; *.example.org allows every name below example.org",
  json: "string",
  isList: true,
  parse: all((text) => (isHost(bare(text).replace(/^\*\./, "")) ? bare(text).toLowerCase() : undefined)),
};

/** A range of everything is refused: whoever may name the client may be anybody. */
export const networks: Kind<readonly string[]> = {
  expected: "IP addresses or ranges such as 127.0.0.1, 10.0.0.0/8 or fd00::/8",
  json: "string",
  isList: true,
  parse: all((text) => {
    const [address = "", prefix, ...rest] = text.split("/");
    const bits = { 0: 0, 4: 32, 6: 128 }[isIP(bare(address))] ?? 0;
    const isPrefix = prefix === undefined || inRange(/^\d{1,3}$/.test(prefix), prefix, 1, bits) !== undefined;
    if (bits === 0 || !isPrefix || rest.length > 0) return undefined;
    return prefix === undefined ? bare(address) : `${bare(address)}/${prefix}`;
  }),
};

export const origins: Kind<readonly string[]> = {
  expected: "origins such as https://dash.example.org or http://localhost:3000",
  json: "string",
  isList: true,
  parse: all((text) => {
    const url = URL.parse(text);
    const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
    return isOrigin ? url.origin : undefined;
  }),
};

const isHost = (text: string) =>
  isIP(text) > 0 || (/^[a-z0-9_]([a-z0-9._-]{0,252})$/i.test(text) && !/^[\d.]+$/.test(text));

/** IPv6 addresses may come in brackets, as in a URL. */
const bare = (text: string) => text.replace(/^\[(.*)\]$/, "$1");

function one<T>(parse: (text: string) => T | undefined): Kind<T>["parse"] {
  return ([text]) => (text === undefined ? undefined : parse(text));
}

function all<T>(parse: (text: string) => T | undefined): Kind<readonly T[]>["parse"] {
  return (texts) => {
    const values = texts.map(parse).filter((value) => value !== undefined);
    return values.length === texts.length ? values : undefined;
  };
}
