/** A server of MCP as Codex has it in its TOML: what stands around it stays byte for byte. */
export interface Server {
  readonly command: string;
  readonly args: readonly string[];
}

/** `own` is a table of exactly this server; `other` one that somebody else has made, in whatever form. */
export type Place = "absent" | "own" | "other";

const table = "mcp_servers.bridge";

export function placeIn(text: string, server: Server): Place {
  const { own, isElsewhere } = look(text);
  if (isElsewhere || own.length > 1) return "other";
  const [found] = own;
  if (found === undefined) return "absent";
  return found.text.trimEnd() === blockOf(server, "\n").trimEnd() ? "own" : "other";
}

/** The text with the server at its end, which must not have it yet. */
export function withServer(text: string, server: Server): string {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const gap = text === "" ? "" : text.endsWith("\n") ? end : `${end}${end}`;
  return `${text}${gap}${blockOf(server, end)}`;
}

/** The text without the server, its own tables, and the blank line before it. */
export function withoutServer(text: string): string {
  const { lines, own } = look(text);
  const gone = new Set(own.flatMap(({ from, to }) => indexes(from, to)));
  for (const { from } of own) if (lines[from - 1]?.trim() === "") gone.add(from - 1);
  return lines.filter((_, index) => !gone.has(index)).join("");
}

function blockOf({ command, args }: Server, end: string): string {
  // A string of JSON is one of TOML too.
  const list = args.map((arg) => JSON.stringify(arg)).join(", ");
  return [`[${table}]`, `command = ${JSON.stringify(command)}`, `args = [${list}]`, ""].join(end);
}

interface Block {
  readonly from: number;
  /** The first line that is not of it. */
  readonly to: number;
  readonly text: string;
}

/** Looks at lines only: a header inside a string of several lines is none. */
function look(text: string) {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const headers: { readonly line: number; readonly name: string }[] = [];
  let isElsewhere = false;
  let quotes: string | undefined;
  for (const [line, content] of lines.entries()) {
    if (quotes === undefined) {
      const name = /^\s*\[+([^\]]+)\]/.exec(content)?.[1]?.replaceAll(/["'\s]/g, "");
      if (name !== undefined) headers.push({ line, name });
      const inTable = headers.at(-1)?.name;
      const key = /^\s*([\w."'\s-]+?)\s*=/.exec(content)?.[1]?.replaceAll(/["'\s]/g, "");
      const whole = [inTable, key].filter((part) => part !== undefined).join(".");
      const isOurs = inTable === table || inTable?.startsWith(`${table}.`) === true;
      if (key !== undefined && !isOurs && (whole === "mcp_servers" || isWithin(whole))) isElsewhere = true;
    }
    for (const mark of content.match(/"""|'''/g) ?? []) {
      if (quotes === undefined) quotes = mark;
      else if (quotes === mark) quotes = undefined;
    }
  }
  const own = headers.flatMap(({ line, name }, index): readonly Block[] => {
    if (!isWithin(name)) return [];
    const to = headers[index + 1]?.line ?? lines.length;
    return [{ from: line, to, text: lines.slice(line, to).join("").replaceAll("\r\n", "\n") }];
  });
  return { lines, own, isElsewhere };
}

const isWithin = (name: string) => name === table || name.startsWith(`${table}.`);

const indexes = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
