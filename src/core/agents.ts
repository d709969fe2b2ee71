import type { Breaker, ClosedBreaker } from "./breakers.ts";
import type { ChannelName, Message, MessageId } from "./message.ts";
import type { Notice } from "./notice.ts";
import type { Follow, Place, Presence } from "./presence.ts";
import type { Principal } from "./principal.ts";
import type { Addressee, Receipt } from "./receipt.ts";

/** The agents of a bridge, as operations see them: who is there, and what becomes of a message that is for somebody. */
export interface Agents {
  /** Everybody who is known, by name. */
  list(): Promise<readonly Presence[]>;
  find(name: string): Promise<Presence | undefined>;
  /**
   * Calls `wake` when this node hears something new of an agent: not that it is still there, but what `list` shows of
   * it. What only time or another process changes rings nobody. Returns the unsubscribe.
   */
  watch(wake: () => void): () => void;
  /** The agent has called a tool, or said what it does. */
  note(agent: KnownCaller, said?: Announcement): void;
  /** The agent is there, which it says with everything that it sends. */
  see(agent: KnownCaller): void;
  /** A wait or an inbox of the agent is open until the returned function is called. */
  enter(agent: KnownCaller, what: "wait" | "inbox"): () => void;
  /** The agent was given these channels up to there: it follows them. */
  gave(agent: KnownCaller, places: readonly Place[]): void;
  /** What the agent of this name follows. From memory. */
  follows(name: string): readonly Follow[];
  /**
   * For whom a message is that is about to be stored, and where it goes.
   *
   * @throws BridgeError `not_found` for a direct message to nobody or to several, with the nearest names.
   */
  route(message: Routing): Promise<Routed>;
  /** Where agents have talked too much with no person among them, so that what they send is held. */
  breakers(): readonly ClosedBreaker[];
  /** A person lets them go on. False when it was not closed. */
  reopen(breaker: Breaker): boolean;
  /** What will happen to a message with these receipts, in one sentence. */
  outlook(receipts: readonly Receipt[]): Promise<string>;
  /** Says it in the bridge's own name. What is told to the bridge itself is told to nobody. */
  notify(notice: Notice): Promise<void>;
  close(): Promise<void>;
}

export interface KnownCaller {
  readonly name: string;
  readonly principal: Pick<Principal, "id">;
}

/** What an agent, or its shim, says of itself; what is undefined stays as it was. */
export interface Announcement {
  readonly project?: string | undefined;
  readonly client?: Presence["client"];
  readonly shim?: string | undefined;
  readonly doing?: Presence["doing"] | undefined;
  readonly waitingOn?: string | undefined;
  readonly ways?: readonly string[] | undefined;
  readonly proved?: Presence["proved"];
  /** Its shim has read its inbox. */
  readonly isListening?: boolean | undefined;
  /** Its agent has called a tool. A request over HTTP is that only from a shim: scripts make such requests too. */
  readonly isCall?: true | "through its shim" | undefined;
  /** Its client has ended. */
  readonly hasLeft?: boolean | undefined;
}

export interface Routing {
  readonly principal: Principal;
  /** The proven name. */
  readonly sender: string;
  /** Without one, it goes to the channel of its one recipient. */
  readonly channel?: ChannelName | undefined;
  readonly to?: string | undefined;
  readonly answered?: Message | undefined;
  readonly type?: string | undefined;
  readonly thread?: string | undefined;
  /** What its sender wrote. */
  readonly text: string;
  readonly hops: number;
  readonly idempotencyKey?: string | undefined;
}

export interface Routed {
  readonly channel: ChannelName;
  readonly addressees: readonly Addressee[];
  /** Of a recipient whom nobody knows, or of whom there are several: for the sender. */
  readonly note?: string | undefined;
  /** The sender has just sent the same: this is the first, and nothing is to be stored. */
  readonly repeated?: { readonly id: MessageId; readonly note: string } | undefined;
  /** To be called when it was stored. */
  stored(message: Message): void;
}

const asChannel = (name: string | undefined): ChannelName => (name ?? "@nobody") as ChannelName;

/** Of a bridge within a program, which remembers nobody: only who is named has mail. */
export const noAgents: Agents = {
  list: () => Promise.resolve([]),
  find: () => Promise.resolve(undefined),
  watch: () => () => undefined,
  note: () => undefined,
  see: () => undefined,
  enter: () => () => undefined,
  gave: () => undefined,
  follows: () => [],
  route: ({ channel, to, sender }) =>
    Promise.resolve({
      channel: channel ?? asChannel(to && `@${to}`),
      addressees: to === undefined || to === sender ? [] : [{ agent: to, why: "addressed" }],
      stored: () => undefined,
    }),
  breakers: () => [],
  reopen: () => false,
  outlook: () => Promise.resolve(""),
  notify: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
