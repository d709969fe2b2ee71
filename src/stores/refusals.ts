import { BridgeError } from "../core/errors.ts";

/** What every engine refuses, in the same words. */

export const keyConflict = () =>
  new BridgeError("idempotency_conflict", "idempotency_key: was used for other content; take a new key", {
    field: "idempotency_key",
  });

export const tooManyChannels = (limit: number) =>
  new BridgeError("limit_reached", `channel: the bridge has ${limit} channels, its limit; clear one first`, {
    field: "channel",
  });

export const tooManyCursors = () =>
  new BridgeError("limit_reached", "consumer_id: too many consumers are kept; use one that exists", {
    field: "consumer_id",
  });

export const storeClosed = () => new BridgeError("closing", "the bridge is closing; try again in a moment");
