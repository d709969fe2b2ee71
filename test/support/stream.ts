/** One frame of a live event stream, as its bytes spell it. */
export interface Frame {
  readonly raw: string;
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: Record<string, unknown>;
}

export interface OpenStream {
  readonly response: Response;
  /** The next `count` frames that are not comments; fewer when the stream ends. */
  take(count: number): Promise<readonly Frame[]>;
  close(): void;
}

export async function openStream(
  url: string,
  headers: Record<string, string> = {},
  fetchWith: typeof fetch = fetch,
): Promise<OpenStream> {
  const stop = new AbortController();
  const response = await fetchWith(url, { headers, signal: stop.signal });
  const frames = framesOf(response);
  return {
    response,
    async take(count) {
      const taken: Frame[] = [];
      while (taken.length < count) {
        const { value, done } = await frames.next();
        if (done === true) break;
        taken.push(value);
      }
      return taken;
    },
    close: () => stop.abort(),
  };
}

/** The next `count` frames of this event; what others there are is passed over. */
export async function nextOf(stream: OpenStream, event: string, count: number): Promise<readonly Frame["data"][]> {
  const found: Frame["data"][] = [];
  while (found.length < count) {
    const [frame] = await stream.take(1);
    if (frame === undefined) break;
    if (frame.event === event) found.push(frame.data);
  }
  return found;
}

async function* framesOf(response: Response): AsyncGenerator<Frame, void> {
  const decoder = new TextDecoder();
  let pending = "";
  for await (const chunk of response.body ?? []) {
    pending += decoder.decode(chunk, { stream: true });
    const parts = pending.split("\r\n\r\n");
    pending = parts.pop() ?? "";
    for (const raw of parts) if (!raw.startsWith(":")) yield parse(raw);
  }
}

/** As the original's Python client reads: by prefixes with their blank, and only the last data line. */
function parse(raw: string): Frame {
  const lines = raw.split("\r\n");
  const field = (name: string) => lines.findLast((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  return {
    raw,
    event: field("event"),
    id: field("id"),
    data: JSON.parse(field("data") ?? "{}") as Record<string, unknown>,
  };
}
