import { BridgeError, type ErrorCode } from "./errors.ts";

/** Counts who is inside and refuses more than its limit, which may change while it is open. */
export interface Gate {
  /**
   * Lets one in; the returned function lets it out again, once.
   *
   * @throws BridgeError with the gate's code and `message`.
   */
  enter(message: string): () => void;
  readonly inside: number;
}

export function createGate(limit: () => number, code: ErrorCode): Gate {
  let inside = 0;
  return {
    enter(message) {
      if (inside >= limit()) throw new BridgeError(code, message);
      inside += 1;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        inside -= 1;
      };
    },
    get inside() {
      return inside;
    },
  };
}
