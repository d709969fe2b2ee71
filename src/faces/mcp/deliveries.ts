import type { JSONRPCMessage, RequestId } from "@modelcontextprotocol/server";

/** Which messages have left in answers, over a transport that answers many calls. */
export interface Deliveries {
  /** The answer to this call has these messages in it, and is on its way to the transport. */
  answered(call: RequestId, carried: readonly string[]): void;
  /** The transport has let go of this. */
  sent(message: JSONRPCMessage): void;
}

export function createDeliveries(onDelivered: (ids: readonly string[]) => void): Deliveries {
  const leaving = new Map<RequestId, readonly string[]>();
  return {
    answered(call, carried) {
      if (carried.length > 0) leaving.set(call, carried);
    },
    sent(message) {
      if ("method" in message || message.id === undefined) return;
      const carried = leaving.get(message.id);
      leaving.delete(message.id);
      if (carried !== undefined && "result" in message) onDelivered(carried);
    },
  };
}
