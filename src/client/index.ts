export type { AdminCalls, Invitation, Inviting, ReadingAudit } from "./admin-calls.ts";
export type { AuditEntry, BrowserInfo, CredentialInfo, InvitationInfo, PrincipalInfo, WhoAmI } from "./admin-rows.ts";
export type {
  Acknowledged,
  ChannelList,
  ClearAnswer,
  FoundMessage,
  Page,
  PageWarning,
  UndoAnswer,
  WaitPage,
} from "./answers.ts";
export type { Agent, Announcement } from "./agent.ts";
export type { AgentCalls, Marking } from "./agent-calls.ts";
export type { BridgeState, Status } from "./bridge-state.ts";
export { type BridgeClient, connect, type Handled, type Reading } from "./connect.ts";
export { BridgeError, type BridgeErrorCode, type ClientCode } from "./error.ts";
export type { Inbox, InboxMessage, ReadingInbox } from "./inbox.ts";
export type { NewsEntry, ReceiptGap, ReceivedAgent, ReceivedReceipt } from "./news.ts";
export type { Loop, Need, Needs, OpenQuestion } from "./needs.ts";
export type { Question, Released, Releasing, Ticket } from "./question-calls.ts";
export type { Gap } from "./place.ts";
export type { Receipt } from "./receipt.ts";
export { matches, parseQuery, type QueryPart, type SearchQuery, type Snippet, snippetOf } from "./query.ts";
export type { FoundInFull, FoundPage, FoundQueryPart, FoundRow, Search, Searching } from "./search.ts";
export type { MessageRow, ReceivedClear, ReceivedMessage, ReceivedRestore } from "./received.ts";
export type { Outgoing } from "./send.ts";
export type { Sent } from "./sent.ts";
export type { Session, SessionCalls, SigningIn } from "./session.ts";
export type { Backoff, CallOptions, ConnectOptions, Fetch } from "./settings.ts";
export type { Ask } from "./request.ts";
export type { EntryOf, StreamEntry, Subscribe, SubscriptionEntry, SubscriptionState } from "./subscription.ts";
export type { Timer } from "./timer.ts";
export type { From, LongAsk, Waiting } from "./wait.ts";
