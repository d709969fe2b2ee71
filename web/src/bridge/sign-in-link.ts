import { type BridgeClient, BridgeError, type Session } from "../../../src/client/index.ts";

/** What a link did that the page was opened with: nothing, where there was none. */
interface Used {
  readonly session?: Session;
  /** Why it did not sign in: a link counts once, and not for long. */
  readonly refusal?: Error;
}

/**
 * Signs in by a link's code, once: it is given again only where no answer came, and then the call rejects.
 */
export function createSignInLink(client: Pick<BridgeClient, "signIn">, given: string | undefined): () => Promise<Used> {
  let code = given;
  return async () => {
    if (code === undefined) return {};
    try {
      const session = await client.signIn({ code });
      code = undefined;
      return { session };
    } catch (error) {
      if (isPassing(error)) throw error;
      code = undefined;
      return { refusal: error instanceof Error ? error : new Error(String(error)) };
    }
  };
}

/** Whether the same may succeed later. */
export const isPassing = (error: unknown): boolean => error instanceof BridgeError && error.retryable;
