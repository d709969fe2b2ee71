export { type AccessOptions, createAccess } from "./access/access.ts";
export type { Access, Credentials } from "./core/access.ts";
export { type Bridge, type BridgeOptions, type Caller, createBridge } from "./core/bridge.ts";
export { type Clock, systemClock } from "./core/clock.ts";
export { BridgeError, type ErrorCode } from "./core/errors.ts";
export { type Caps, defaultCaps, maxCursors, maxListedSenders } from "./core/limits.ts";
export {
  beginning,
  type ChannelName,
  type Cleared,
  type ConsumerId,
  type Draft,
  type Entry,
  isMessage,
  type Message,
  type MessageId,
  type Seq,
} from "./core/message.ts";
export { type Epoch, messageId, mintEpoch, seqOf } from "./core/message-id.ts";
export type { Operation } from "./core/operation.ts";
export { localOperator, type Permission, type Principal, tokenHolder } from "./core/principal.ts";
export { everything, inScope, only, type Scope } from "./core/scope.ts";
export type { SecretScan, SecretScanMode, SecretSighting } from "./core/secret-scan.ts";
export type { Advanced, Appended, ChannelSummary, Cursor, Cursors, Log, Store, Totals } from "./core/store.ts";
export type { WireMessage } from "./core/wire.ts";
export { createHttpFace, type HttpFace, type HttpFaceOptions } from "./faces/http/server.ts";
export { createMcpHttp, type McpHttp } from "./faces/mcp/http.ts";
export { type McpCaller, createMcpServer } from "./faces/mcp/server.ts";
export { operations } from "./operations/index.ts";
export { createMemoryStore } from "./stores/memory.ts";
export { keyConflict, storeClosed, tooManyChannels, tooManyCursors } from "./stores/refusals.ts";
export { openSqliteStore, type SqliteOptions } from "./stores/sqlite.ts";
export { createWatchers, type Watchers } from "./stores/watchers.ts";
