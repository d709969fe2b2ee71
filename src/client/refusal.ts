import { parseJson, readText } from "./body.ts";
import { BridgeError, type BridgeErrorCode } from "./error.ts";
import { isFields, optionalText } from "./shape.ts";

/** Statuses after which the same call may succeed: too slow, too much, or a bridge that is not there just now. */
const passingStatuses: ReadonlySet<number> = new Set([408, 429, 502, 503, 504, 507]);

/** For an answer that is not in our form: a proxy's, most likely. */
const codes: Readonly<Record<number, BridgeErrorCode>> = {
  400: "invalid_input",
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  413: "too_large",
  429: "limit_reached",
  500: "internal",
};

/** However long a proxy asks us to stay away, we look again after this, in milliseconds. */
const maxRetryAfterMs = 300_000;

/** The error that an answer other than 2xx stands for. A code that we do not know is handed on as it is. */
export async function refusalOf(response: Response): Promise<BridgeError> {
  const { status, headers } = response;
  const body = parseJson(await readText(response));
  const fields = isFields(body) ? body : {};
  const retryable = passingStatuses.has(status);
  const fallback = codes[status] ?? (retryable ? "unreachable" : "unexpected_answer");
  return new BridgeError(
    optionalText(fields, "code") ?? fallback,
    optionalText(fields, "error") ?? `the answer has the status ${status}, and says no more`,
    { field: optionalText(fields, "field"), status, retryable, retryAfterMs: retryAfterMs(headers) },
  );
}

/** In seconds, as a bridge gives it. A date, which a proxy might, would need a clock that agrees with its own. */
function retryAfterMs(headers: Headers): number | undefined {
  const seconds = /^\d+$/.exec(headers.get("Retry-After") ?? "")?.[0];
  return seconds === undefined ? undefined : Math.min(Number(seconds) * 1000, maxRetryAfterMs);
}
