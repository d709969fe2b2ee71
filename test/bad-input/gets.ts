/** A GET that must be refused, and what the refusal says. */
export interface BadGet {
  readonly path: string;
  readonly status: number;
  readonly field?: string;
}

const long = "a".repeat(257);

/** Values that no name may have, as they stand in a URL. */
const wrongNames = ["%20a", "a%00b", "a%0d%0ab", "%1b%5b2J", "%ff", "a%", "%zz", "%ed%a0%80", "%c0%af", long];

/** Values that no number may have. `+` is a blank in a query. */
const wrongNumbers = ["-1", "abc", "NaN", "Infinity", "1e3", "0x10", "5;drop", "%00", "%ff", "+5", "1,5"];

const withQuery = (path: string, field: string, values: readonly string[]): BadGet[] =>
  values.map((value) => ({ path: `${path}${field}=${value}`, status: 400, field }));

const wait = "/api/wait?channel=c&since_id=beginning&";
const many = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`).join();

export const badGets: readonly BadGet[] = [
  { path: "/api/messages", status: 400, field: "channel" },
  { path: "/api/messages?channel=", status: 400, field: "channel" },
  ...withQuery("/api/messages?", "channel", wrongNames),
  ...withQuery("/api/messages?channel=c&", "since_id", wrongNames),
  ...withQuery("/api/messages?channel=c&", "consumer_id", wrongNames),
  { path: "/api/messages?channel=c&since_id=a&consumer_id=b", status: 400, field: "since_id" },

  { path: "/api/messages/no-such-message", status: 404, field: "id" },
  { path: "/api/messages/a7a0a164-5388-4f73-9a99-31d9ec0c695b", status: 404, field: "id" },
  { path: "/api/messages/%00", status: 400, field: "id" },
  { path: "/api/messages/a%0d%0ab", status: 400, field: "id" },
  { path: "/api/messages/%2e%2e%2f%2e%2e%2fetc%2fpasswd", status: 404, field: "id" },
  { path: "/api/messages/%ff", status: 404, field: "id" },
  { path: `/api/messages/${long}`, status: 400, field: "id" },

  ...["%00", "%ff", "!!!", "-", "from:", "nope:x", "is:late", "before:soon", "a".repeat(1001)].map((q) => ({
    path: `/api/search?q=${q}`,
    status: 400,
    field: "q",
  })),
  { path: `/api/search?q=${"a+".repeat(33)}`, status: 400, field: "q" },
  ...withQuery("/api/search?", "before", ["-1", "0", "1.5", "99999999999999999999", "%00", "%20a", "%ff%0a"]),
  ...["abc", "a7a0a164-5388-4f73-9a99-31d9ec0c695b"].map((id) => ({
    path: `/api/search?before=${id}`,
    status: 404,
    field: "before",
  })),
  ...withQuery("/api/search?q=a&", "limit", [...wrongNumbers, "0", "1.5"]),

  { path: "/api/wait", status: 400, field: "channel" },
  { path: "/api/wait?channel=c", status: 400, field: "since_id" },
  { path: "/api/wait?channel=c&channels=d&since_id=beginning", status: 400, field: "channels" },
  { path: "/api/wait?channels=a*&consumer_id=me", status: 400, field: "consumer_id" },
  { path: "/api/wait?channels=a,,b&since_id=beginning", status: 400, field: "channels.1" },
  { path: `/api/wait?channels=${many(65)}&since_id=beginning`, status: 400, field: "channels" },
  ...withQuery("/api/wait?since_id=beginning&", "channel", wrongNames),
  ...withQuery("/api/wait?channel=c&", "since_id", wrongNames),
  ...withQuery("/api/wait?channel=c&", "consumer_id", wrongNames),
  ...withQuery(wait, "limit", [...wrongNumbers, "0", "1.5", "99999999999999999999"]),
  ...withQuery(wait, "timeout_seconds", [...wrongNumbers, "56", "1e9", "99999999999999999999"]),

  ...["%00", "%20a", "a%0d%0ab", "%ff", "a%", "%zz", "%ed%a0%80", long].map((name) => ({
    path: `/events/channel/${name}`,
    status: 400,
    field: "channel",
  })),
  ...withQuery("/events/channel/c?", "since_id", wrongNames),
  { path: "/events", status: 400, field: "channels" },
  { path: "/events?channels=", status: 400, field: "channels" },
  { path: "/events?channels=,,", status: 400, field: "channels" },
  { path: "/events?channels=a%00", status: 400, field: "channels.0" },
  { path: `/events?channels=${many(65)}`, status: 400, field: "channels" },
  { path: "/events?channel=a%00", status: 400, field: "channel.0" },
  { path: "/events?channel=%ff", status: 400, field: "channel" },
  { path: `/events?channels=a&since_id=${long}`, status: 400, field: "since_id" },

  ...[
    "/nowhere",
    "/api",
    "/api/",
    "/api/nowhere",
    "/api/messages/",
    "/api/messages/a/b",
    "/api/admin",
    "/api/../secret",
  ].map(notFound),
  ...[
    "/events/",
    "/events/channel",
    "/events/channel/",
    "/events/nowhere",
    "/mcp/",
    "/mcp/x",
    "/sse/",
    "/messages/x",
  ].map(notFound),
  ...["/index.html", "/page.js/x", "/status/", "/.env", "/%00", "/%ff", "/%", "/..%2f..%2fetc/passwd"].map(notFound),
  ...["/__proto__", "/constructor", "/api/__proto__", "//127.0.0.1/status/x", "/;/", `/${"a".repeat(8000)}`].map(
    notFound,
  ),
];

function notFound(path: string): BadGet {
  return { path, status: 404 };
}

/** Odd, but the promise is an answer: the original brought every limit into its range. */
export const forgivenGets: readonly string[] = [
  ...["", "abc", "NaN", "-5", "0", "1.5", "1e3", "99999", "9".repeat(400)].map(
    (limit) => `/api/messages?channel=c&limit=${limit}`,
  ),
  "/api/messages?channel=c&since_id=no-such-message",
  "/api/messages?channel=c&unknown=1",
  "/api/messages?channel=c&channel=d",
  "/api/messages?channel=a%25b",
  "/api/wait?channel=c&since_id=no-such-message",
  "/api/wait?channel=c&since_id=beginning&timeout_seconds=0&limit=501",
  "/api/state?x=%5B%5D",
  "/api/channels?limit=-1",
];

/** What each path may be asked with; everything else is a 405 that says so. */
export const methods: readonly (readonly [path: string, allowed: string])[] = [
  ["/status", "GET"],
  ["/", "GET"],
  ["/api/send", "POST"],
  ["/api/messages", "GET"],
  ["/api/messages/some-id", "GET"],
  ["/api/search", "GET"],
  ["/api/wait", "GET"],
  ["/api/ack", "POST"],
  ["/api/ask", "POST"],
  ["/api/cancel", "POST"],
  ["/api/needs", "GET"],
  ["/api/release", "POST"],
  ["/api/clear", "POST"],
  ["/api/state", "GET"],
  ["/api/channels", "GET"],
  ["/api/openapi.json", "GET"],
  ["/api/admin/reload", "POST"],
  ["/events", "GET"],
  ["/events/channel/c", "GET"],
  ["/sse", "GET"],
  ["/messages/", "POST"],
];
