import { get, type IncomingMessage } from "node:http";
import { expect } from "vitest";
import { keyIn, type Writer } from "./load.ts";

/** Reads a live stream as a good client does: when it ends, it comes again from the last id that it saw. */
export interface StreamReader {
  /** The key of each message, in the order in which they came. */
  readonly keys: readonly string[];
  readonly seqs: readonly number[];
  /** What it was told beside messages, and statuses other than 200. */
  readonly notes: readonly string[];
  readonly connections: number;
  readonly isOpen: boolean;
  /** Takes nothing more from its socket, which fills up. */
  pause(): void;
  resume(): void;
  /** As when the network is gone: the socket is closed in the middle of whatever it carries. */
  drop(): void;
  close(): void;
}

export interface StreamReaderOptions {
  /** Asked for each connection. */
  readonly url: () => string;
  /** With a leading slash. */
  readonly path: string;
  /** The id after which it reads. */
  readonly since: string;
}

/** Before it comes again, in milliseconds; not all at once. */
const comeAgainMs = () => 10 + Math.random() * 40;

const open = new Set<StreamReader>();

export function closeReaders(): void {
  for (const reader of open) reader.close();
  open.clear();
}

export function readStream({ url, path, since }: StreamReaderOptions): StreamReader {
  const record = createRecord(since);
  let isClosed = false;
  let isPaused = false;
  let connections = 0;
  let response: IncomingMessage | undefined;
  let drop = () => {};

  function connect(): void {
    connections += 1;
    const headers = { "last-event-id": record.lastId() };
    const request = get(`${url()}${path}`, { agent: false, headers }, (incoming) => {
      response = incoming;
      if (isPaused) incoming.pause();
      if (incoming.statusCode === 200) eachFrame(incoming, record.take);
      else record.notes.push(`status ${incoming.resume().statusCode}`);
    });
    drop = () => request.destroy();
    request.on("error", () => {});
    request.once("close", () => {
      response = undefined;
      if (!isClosed) setTimeout(() => !isClosed && connect(), comeAgainMs());
    });
  }

  connect();
  const reader: StreamReader = {
    ...record,
    get connections() {
      return connections;
    },
    get isOpen() {
      return response?.statusCode === 200;
    },
    pause() {
      isPaused = true;
      response?.pause();
    },
    resume() {
      isPaused = false;
      response?.resume();
    },
    drop: () => drop(),
    close() {
      isClosed = true;
      drop();
    },
  };
  open.add(reader);
  return reader;
}

function createRecord(since: string) {
  const keys: string[] = [];
  const seqs: number[] = [];
  const notes: string[] = [];
  let lastId = since;

  function take(raw: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(raw)?.[1];
    if (raw.startsWith(":")) return;
    if (field("event") !== "message") return void notes.push(raw);
    const { content, seq } = JSON.parse(field("data") ?? "{}") as { content?: string; seq: number };
    keys.push(keyIn(content));
    seqs.push(seq);
    lastId = field("id") ?? lastId;
  }

  return { keys, seqs, notes, take, lastId: () => lastId };
}

/** A frame that was cut off is no frame. */
function eachFrame(incoming: IncomingMessage, take: (raw: string) => void): void {
  let pending = "";
  incoming.on("error", () => {});
  incoming.setEncoding("utf8").on("data", (text: string) => {
    const parts = (pending + text).split("\r\n\r\n");
    pending = parts.pop() ?? "";
    for (const raw of parts) take(raw);
  });
}

/** The reader has every acknowledged message of the writers, once, and each writer's in the order of sending. */
export function expectWhole({ keys, seqs, notes }: StreamReader, writers: readonly Writer[]): void {
  expect(notes.filter((note) => /cursor_stale|clear|status/.test(note))).toEqual([]);
  expect(new Set(keys).size).toBe(keys.length);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  const got = new Set(keys);
  expect(writers.flatMap(({ acknowledged }) => [...acknowledged.keys()].filter((key) => !got.has(key)))).toEqual([]);
}
