import { createJournal, type Journal } from "./journal.ts";

export interface Frame {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/**
 * Reads a stream by the rules of the original's Python client and no others: lines end in CRLF, a field is its name,
 * a colon and one blank, of several data lines the last one counts, and whatever else stands there is passed over.
 */
export function readLikePython(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Journal<Frame> {
  const frames = createJournal<Frame>();
  void (async () => {
    let rest = "";
    let frame: Frame = nothing;
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "" && frame.data !== "") frames.add(frame);
        frame = line === "" ? nothing : { ...frame, ...fieldIn(line) };
      }
    }
  })().then(
    () => frames.end("the stream ended"),
    (error: unknown) => frames.end(String(error)),
  );
  return frames;
}

const nothing: Frame = { id: "", event: "", data: "" };

function fieldIn(line: string): Partial<Frame> {
  for (const name of ["id", "event", "data"]) {
    if (line.startsWith(`${name}: `)) return { [name]: line.slice(name.length + 2) };
  }
  return {};
}
