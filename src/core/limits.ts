/**
 * Every bound of the bridge, by name. Whoever hits one gets a clear error, never a crash, a hang or a silent
 * loss. What an operator may change is in `Caps`; the rest is part of the wire contract.
 */

/** A message's text, in UTF-8 bytes (contract: 128 KiB). */
export const maxContentBytes = 131_072;
/** Names, in UTF-16 code units. */
export const maxChannelLength = 256;
export const maxLabelLength = 128;
/** Ids and keys that a caller makes up or hands back. */
export const maxIdLength = 256;
/** Messages on one page. */
export const maxPageSize = 500;
/** Text on one page, in UTF-16 code units: 500 messages of 128 KiB would be 64 MB. A page has at least one message. */
export const maxPageText = 4_194_304;
/** Entries that a live stream holds at a time: what a slow reader costs, at up to 128 KiB each. */
export const followPageSize = 32;
/** Channels that one overview opens, and messages of each: every channel costs a read. */
export const maxChannelsShown = 50;
export const maxPerChannel = 50;
/** Characters of a tool's result: what a model reads without being asked to, and what Claude Code cuts off by itself. */
export const defaultMaxChars = 8_000;
export const largestMaxChars = 100_000;
export const smallestMaxChars = 500;
/** Agents that one message is for: each costs a receipt, and may cost a turn of a model. */
export const maxAddressees = 32;
/** Names that are offered instead of an unknown or ambiguous one: a choice, not a list. */
export const maxNearest = 3;
export const maxNamedCandidates = 20;
/** Known names that an unknown one is compared with: as many as there may be records, each costs up to 1000 steps. */
export const maxNamesCompared = 10_000;
/** Answers in a row without a person among them: work seldom goes to and fro more than a dozen times. */
export const maxHopsWithoutPerson = 24;
/** What two agents may say to each other in this time while no person speaks: more than one in 15 s is chatter. */
export const maxPairMessages = 40;
export const pairWindowMs = 600_000;
/** What agents may say in one thread in this time while no person speaks: room for a group, which pairs do not bound. */
export const maxThreadMessages = 120;
export const threadWindowMs = 3_600_000;
/** How long the same text to the same agents counts as said before: a client that got no answer asks within minutes. */
export const repeatMs = 600_000;
/** Shorter texts, such as "yes, go on", are said again and mean something new; what sends one twice has a longer one. */
export const minRepeatLength = 32;
/** A breaker opens by itself when nobody has tried for this long: what runs in a loop tries sooner. */
export const loopQuietMs = 1_800_000;
/** What the loop guard remembers: pairs, threads, texts and closed breakers; beyond, the one unused longest is forgotten. */
export const maxLoopPairs = 4096;
export const maxLoopThreads = 4096;
export const maxLoopTexts = 4096;
export const maxClosedBreakers = 1000;
/** Credentials that are looked for in one message: after so many the answer would only get longer. */
export const maxSecretsFound = 8;
/** How deep JSON may nest in an envelope. */
export const maxEnvelopeDepth = 16;
/** Deeper JSON in a message is still text, but is not taken apart: serialising it again could overflow the stack. */
export const maxParsedDepth = 64;
/** `metadata` and `extensions` of an envelope, as JSON, in bytes. */
export const maxEnvelopeObjectBytes = 16_384;
export const maxEnvelopeTypeLength = 64;
export const maxArtifacts = 32;
export const maxUriLength = 4096;
/** A month: the longest that a message may take to be read before it expires. */
export const maxTtlSeconds = 2_592_000;
/** When an answer is due, unless the asker says otherwise: who works on it may be an hour at it. */
export const defaultDeadlineSeconds = 3600;
/** Quick answers that a question offers, and characters of each: buttons, not texts. */
export const maxQuickAnswers = 8;
export const maxQuickAnswerLength = 80;
/** A message for an agent that is away is a person's business when nobody had it for so long. */
export const unnoticedMs = 900_000;
/** How long a person is shown what was refused or expired. */
export const recentFailureMs = 86_400_000;
/** Rows of each group of what needs a person, and characters of a question there. */
export const maxNeeds = 50;
export const maxQuestionShown = 2000;
/** A day: the longest that one wait call is kept. */
export const maxWaitSeconds = 86_400;
/** Over plain HTTP a wait has no way to keep proxies from cutting it, and they do so from 60 s on. */
export const maxHttpWaitSeconds = 55;
/** Channels and patterns that one wait or one stream may name. */
export const maxScopeSize = 64;
/** Messages of an inbox on one page, and marks of one call: what an agent reads at once. */
export const maxInboxPage = 100;
/** Characters of what an agent says of itself, and of a reason. */
export const maxWordsLength = 300;
/** Ways of waking that one agent may have. */
export const maxWays = 16;
/** Channels that one agent follows; one more makes the one that it read longest ago forgotten. */
export const maxFollowed = 32;
/** Characters of a message that a listing shows. */
export const previewLength = 200;
/** A search, in characters and parts: more than anybody types. */
export const maxQueryLength = 1000;
export const maxQueryParts = 32;
/** Messages on one page of a search: each is read whole. */
export const maxSearchPage = 100;
/** Senders that a channel's summary names; the rest are in its messages. */
export const maxListedSenders = 100;
/** Durable cursors, one for each consumer and channel: they cost disk, and nothing else bounds them. */
export const maxCursors = 100_000;
/** Principals, credentials, invitations, sessions and rules in all: every node keeps them in memory. */
export const maxRecords = 10_000;
/** One of them, as JSON, in UTF-16 code units. */
export const maxRecordLength = 8192;
/** Agents of which receipts of one message are kept: a channel that more of them read is a notice board. */
export const maxReceiptsPerMessage = 64;
/** Agents that are remembered; one more makes the one that was not seen for longest forgotten. */
export const maxAgents = 10_000;
/** Rules on what wakes whom: every message that may be for somebody is compared with all of them. */
export const maxWakeRules = 200;
/** Former names of a machine under which its agents still get their mail. */
export const maxFormerNames = 8;
/** What an audit row says for people, in UTF-16 code units. */
export const maxAuditDetail = 500;
/** Join codes that are out at once, each of which a wrong try counts against. */
export const maxInvitations = 50;
/** Join codes that were used or have expired, kept so that whoever comes with one can be told so. */
export const maxEndedInvitations = 100;
/** Wrong tries that a join code stands; of 2^40 codes, five guesses find one of 50 once in 4,000,000,000 times. */
export const maxWrongTries = 5;
/** How long a join code works, in seconds: unless told, and at most. */
export const invitationSeconds = 600;
export const shortestInvitationSeconds = 60;
export const longestInvitationSeconds = 86_400;
/** Wrong codes that are taken from one address in this time: enough for a person, and for few codes to be burnt. */
export const maxWrongCodes = 10;
export const wrongCodesMs = 600_000;
/** Addresses of which wrong codes and credentials are counted; beyond, the one wrong longest ago is forgotten. */
export const maxWatchedAddresses = 10_000;
/** A browser is signed in until it was not used for this long, and never longer than `longestSessionMs`. */
export const sessionMs = 28_800_000;
export const longestSessionMs = 604_800_000;
/** How often it is written down that a session is in use. */
export const sessionUseMs = 300_000;
/** Browsers that one principal has signed in; one more ends the one that was used longest ago. */
export const maxSessionsPerPrincipal = 20;
export const maxBrowserSessions = 1000;
/** What is kept of what a browser says of itself, in UTF-16 code units. */
export const maxBrowserLength = 200;
/** How long a sign-in link works, and how many may be out at once. */
export const signInLinkMs = 120_000;
export const maxSignInLinks = 20;

/** Wrong credentials that an address may give at once, and how often one more: enough for a client with an old token. */
export const maxWrongCredentials = 10;
export const wrongCredentialMs = 10_000;
/** What happens again and again is written into the audit once in this time, with its number. */
export const auditPauseMs = 60_000;
/** Kinds of what happens again that are told apart. */
export const maxAuditKinds = 1000;
/** How often it is written down that a credential is in use, and how long that may be kept back. */
export const useNoteMs = 60_000;
export const useDelayMs = 5_000;
/** The longest that a rotated secret lives beside its successor, and that a credential is made for, in days. */
export const maxGraceDays = 30;
export const maxTokenDays = 3650;
/** Rows of the audit on one page. */
export const maxAuditPage = 1000;
/** How long a clear can be undone, in milliseconds; then its space is given back. */
export const undoMs = 600_000;

/** The head of a request (Node's default). */
export const maxHeaderBytes = 16_384;
/** A client that takes longer to say what it wants only holds a socket. */
export const headersTimeoutMs = 10_000;
export const requestTimeoutMs = 30_000;
/** The newest entries, kept in memory for live streams and for those who come back soon: in number, bytes and age. */
export const maxTailEntries = 4096;
export const maxTailBytes = 16_777_216;
export const tailMs = 300_000;
/** What a live stream may leave unread before it is read to from the store, at its own pace. */
export const maxUnreadEventBytes = 262_144;
/** Changes of receipts that are read at once, and in all for a stream that comes back; beyond, it reads what it shows. */
export const receiptPageSize = 500;
export const maxReceiptsMissed = 10_000;
/** How long a reader may leave its buffers full before its stream is ended; it resumes from its last id. */
export const streamStallMs = 60_000;
/** The event id that lets a wait be taken up again; a longer one would not fit into the head that it comes back in. */
export const maxResumeTokenLength = 4096;
/** Answers that an MCP client over HTTP+SSE has not read yet, before its session is ended. */
export const maxUnreadBytes = 4_194_304;

/** What an operator may set, and may change while the bridge runs. */
export interface Caps {
  /** Live event streams in all. */
  readonly maxStreams: number;
  /** Live event streams on one channel: one noisy channel must not take them all. */
  readonly maxStreamsPerChannel: number;
  /** Messages that a reconnecting stream is sent before it is asked to come again. */
  readonly streamReplayLimit: number;
  /** Wait calls held open at once. */
  readonly maxWaits: number;
  /** Of those, streams and waits of one verified principal: one machine must not take them all. */
  readonly maxStreamsPerPrincipal: number;
  readonly maxWaitsPerPrincipal: number;
  /** Messages and bytes of their texts that a verified principal may send in a minute; 0 is no limit. */
  readonly maxMessagesPerMinute: number;
  readonly maxBytesPerMinute: number;
  /** MCP sessions over HTTP+SSE, each of which holds a socket. */
  readonly maxSessions: number;
  /** Channels with messages, so that a list of them stays a list. */
  readonly maxChannels: number;
  /** The body of one HTTP request, in bytes. */
  readonly maxRequestBytes: number;
  /** A message's text in UTF-8 bytes; at most `maxContentBytes`. */
  readonly maxMessageBytes: number;
}

export const defaultCaps: Caps = {
  maxStreams: 100,
  maxStreamsPerChannel: 25,
  streamReplayLimit: 500,
  maxWaits: 1000,
  maxStreamsPerPrincipal: 50,
  maxWaitsPerPrincipal: 500,
  maxMessagesPerMinute: 6000,
  maxBytesPerMinute: 67_108_864,
  maxSessions: 256,
  maxChannels: 10_000,
  maxRequestBytes: 262_144,
  maxMessageBytes: maxContentBytes,
};
