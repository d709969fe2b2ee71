export type {
  Acknowledged,
  ChannelList,
  ClearAnswer,
  FoundMessage,
  Page,
  PageWarning,
  Sent,
  UndoAnswer,
  WaitPage,
} from "./answers.ts";
export type { BridgeState, Status } from "./bridge-state.ts";
export { type BridgeClient, connect, type Handled, type Reading } from "./connect.ts";
export { BridgeError, type BridgeErrorCode, type ClientCode } from "./error.ts";
export type { Gap } from "./place.ts";
export type { ReceivedClear, ReceivedMessage, ReceivedRestore } from "./received.ts";
export type { Outgoing } from "./send.ts";
export type { Backoff, CallOptions, ConnectOptions, Fetch } from "./settings.ts";
export type { Ask } from "./request.ts";
export type { Subscribe, SubscriptionEntry, SubscriptionState } from "./subscription.ts";
export type { Timer } from "./timer.ts";
export type { From, LongAsk, Waiting } from "./wait.ts";
