import { createReadStream } from "node:fs";
import { maxContentBytes } from "../../../core/limits.ts";
import { CommandError } from "../command-error.ts";

/** Where the text of a message comes from: an argument, a file, or what is piped in. */
export interface TextSource {
  /** `-` is standard input. */
  readonly text: string | undefined;
  readonly file: string | undefined;
}

/**
 * The text as it is, to the last byte.
 *
 * @throws CommandError `usage` when there is none, or two; `too_large`; `invalid_input` for what is not UTF-8.
 */
export async function readText({ text, file }: TextSource): Promise<string> {
  if (text !== undefined && file !== undefined) throw new CommandError("usage", "give the text or --file, not both");
  if (file !== undefined) return readAll(createReadStream(file), file);
  if (text !== undefined && text !== "-") return text;
  if (text === undefined && process.stdin.isTTY) {
    throw new CommandError("usage", "there is no text: give it, or - for standard input, or --file");
  }
  return readAll(process.stdin, "standard input");
}

async function readAll(stream: NodeJS.ReadableStream, where: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      const part = Buffer.from(chunk);
      bytes += part.length;
      if (bytes > maxContentBytes) throw tooLarge(where);
      chunks.push(part);
    }
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if (error instanceof TypeError) throw new CommandError("invalid_input", `${where} is not UTF-8`, { cause: error });
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError("not_found", `could not read ${where}: ${why}`, { cause: error });
  }
}

const tooLarge = (where: string) =>
  new CommandError("too_large", `${where} has more than the ${maxContentBytes} bytes that a message may have`, {
    fix: "put it where the other machine can read it, and send where that is",
  });
