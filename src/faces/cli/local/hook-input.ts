/** What the client tells a hook on its standard input, as far as ours need it. */
export interface HookInput {
  readonly session: string;
  /** Why a session starts: `startup`, `resume`, `clear` or `compact`. */
  readonly source: string;
  /** The turn goes on because a hook has asked for it. */
  readonly isContinued: boolean;
}

const maxInput = 1_000_000;
/** The client has written it before we look. */
const patienceMs = 400;

/** Whatever does not come in time, or is no JSON, is as if nothing had been said. */
export async function readHookInput(): Promise<HookInput> {
  const { session_id: session, source, stop_hook_active: isContinued } = parse(await readInput());
  return {
    session: typeof session === "string" ? session : "",
    source: typeof source === "string" ? source : "",
    isContinued: isContinued === true,
  };
}

async function readInput(): Promise<string> {
  if (process.stdin.isTTY) return "";
  const timer = setTimeout(() => process.stdin.destroy(), patienceMs);
  let text = "";
  try {
    for await (const chunk of process.stdin.setEncoding("utf8")) {
      text += String(chunk);
      if (text.length > maxInput) break;
    }
  } catch {
    // It was destroyed: the client does not close its end.
  } finally {
    clearTimeout(timer);
  }
  return text;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
