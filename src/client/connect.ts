import { type AdminCalls, createAdminCalls } from "./admin-calls.ts";
import { type AgentCalls, createAgentCalls } from "./agent-calls.ts";
import {
  type Acknowledged,
  acknowledgedFrom,
  type ChannelList,
  type ClearAnswer,
  clearAnswerFrom,
  type UndoAnswer,
  undoAnswerFrom,
  channelsFrom,
  type FoundMessage,
  foundFrom,
  type Page,
  pageFrom,
  type WaitPage,
} from "./answers.ts";
import { createSearch, type Search } from "./search.ts";
import { type BridgeState, stateFrom, type Status, statusFrom } from "./bridge-state.ts";
import { createQuestionCalls, type QuestionCalls } from "./question-calls.ts";
import { type Ask, askOnce, wellFormed } from "./request.ts";
import { ask } from "./retry.ts";
import { type Outgoing, send } from "./send.ts";
import type { Sent } from "./sent.ts";
import { createSessionCalls, type SessionCalls } from "./session.ts";
import { type CallOptions, type ConnectOptions, settingsOf } from "./settings.ts";
import { subscribe } from "./subscribe.ts";
import type { EntryOf, Subscribe } from "./subscription.ts";
import { askUntil, type From, type LongAsk, wait, type Waiting } from "./wait.ts";

export interface Reading extends From {
  readonly channel: string;
  /** 1 to 500 messages; 50 unless told. */
  readonly limit?: number | undefined;
}

export interface Handled {
  readonly channel: string;
  readonly consumerId: string;
  readonly messageId: string;
  /** Why it will not be done: then the message counts as refused. */
  readonly refuse?: string | undefined;
}

/**
 * A bridge, as its callers see it. Each call rejects with a `BridgeError`, or with the reason of its signal. A call
 * that fails in passing is tried again while there is patience; only `clear`, `undo` and what changes who may come in
 * are not, as what they change may have changed after the first try.
 */
export interface BridgeClient extends AdminCalls, AgentCalls, QuestionCalls, SessionCalls {
  /** Stores a message, once however often it must be tried. */
  send(outgoing: Outgoing, options?: CallOptions): Promise<Sent>;
  /** One page of a channel, whole: after the cursor, or the newest. Does not wait. */
  messages(reading: Reading, options?: CallOptions): Promise<Page>;
  /** One message by its id. Rejects with `not_found`. */
  find(id: string, options?: CallOptions): Promise<FoundMessage>;
  /** The newest messages that fit a query, or what is older than a place: any list of messages is a search. */
  readonly search: Search;
  /** Waits for messages after the cursor, over whatever breaks meanwhile. */
  wait(waiting: Waiting, options?: CallOptions): Promise<WaitPage>;
  /** Moves a consumer's place forward to this entry, and says that what it had in context up to there is handled. */
  ack(handled: Handled, options?: CallOptions): Promise<Acknowledged>;
  /** Deletes every message of a channel, for everybody. */
  clear(channel: string, options?: Pick<CallOptions, "signal">): Promise<ClearAnswer>;
  /** Brings back what the clear with this id deleted. Rejects with `conflict` when that cannot be done any more. */
  undo(id: string, options?: Pick<CallOptions, "signal">): Promise<UndoAnswer>;
  /** The channels that have messages. */
  channels(options?: CallOptions): Promise<ChannelList>;
  /** What a dashboard starts from. */
  state(options?: CallOptions): Promise<BridgeState>;
  /** Whether a bridge is here; needs no token. */
  status(options?: CallOptions): Promise<Status>;
  /**
   * The JSON that any other path of the HTTP API answers. It may be asked twice: only what does no harm then. With
   * `waitSeconds` it is asked again and again until something came.
   */
  request(what: Ask | LongAsk, options?: CallOptions): Promise<unknown>;
  /**
   * Every entry of the channels, once and in order, from now on or after a cursor, for as long as it is iterated.
   * Connects when the first entry is asked for.
   */
  subscribe<Wanted extends Subscribe>(wanted: Wanted): AsyncGenerator<EntryOf<Wanted>, void, void>;
}

/**
 * A client of the bridge at this address. It holds nothing open by itself, and needs no closing.
 *
 * @throws BridgeError `invalid_input` for a URL that nothing can be asked at.
 */
export function connect(options: ConnectOptions): BridgeClient {
  const settings = settingsOf(options);
  const get = (path: string, call?: CallOptions) => ask(settings, { path }, call);
  return {
    send: (outgoing, call) => send(settings, outgoing, call),
    async messages({ channel, sinceId, consumerId, limit }, call) {
      const query = [
        ["channel", channel],
        ["since_id", sinceId],
        ["consumer_id", consumerId],
        ["limit", limit],
        ["full", 1],
      ] as const;
      return pageFrom(await ask(settings, { path: "/api/messages", query }, call));
    },
    find: async (id, call) => foundFrom(await get(`/api/messages/${encodeURIComponent(wellFormed("id", id))}`, call)),
    search: createSearch(settings),
    wait: (waiting, call) => wait(settings, waiting, call),
    async ack({ channel, consumerId, messageId, refuse }, call) {
      const body = { channel, consumer_id: consumerId, message_id: messageId, refuse };
      return acknowledgedFrom(await ask(settings, { path: "/api/ack", body }, call));
    },
    clear: async (channel, call) =>
      clearAnswerFrom(await askOnce(settings, { path: "/api/clear", body: { channel } }, call?.signal)),
    undo: async (id, call) =>
      undoAnswerFrom(await askOnce(settings, { path: "/api/undo", body: { id } }, call?.signal)),
    channels: async (call) => channelsFrom(await get("/api/channels", call)),
    state: async (call) => stateFrom(await get("/api/state", call)),
    status: async (call) => statusFrom(await get("/status", call)),
    request: (what, call) => ("waitSeconds" in what ? askUntil(settings, what, call) : ask(settings, what, call)),
    ...createAdminCalls(settings),
    ...createAgentCalls(settings),
    ...createQuestionCalls(settings),
    ...createSessionCalls(settings),
    // The bridge sends what it was asked for, and nothing else.
    subscribe: <Wanted extends Subscribe>(wanted: Wanted) =>
      subscribe(settings, wanted) as AsyncGenerator<EntryOf<Wanted>, void, void>,
  };
}
