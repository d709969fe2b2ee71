import { type BridgeClient, connect } from "../../../src/client/index.ts";
import { createListeners } from "../../../src/core/listeners.ts";

const refused = createListeners();

/** Calls the listener whenever the bridge does not know any more whose request it was. */
export const onUnauthorized = refused.add;

/** The bridge that this page is of. Calls are made in the name of whoever is signed in. */
export const client: BridgeClient = connect({
  url: location.origin,
  agent: "you",
  // What somebody wrote while the bridge was away goes out soon after it is back.
  backoff: { mostMs: 5_000 },
  async fetch(url, init) {
    const response = await fetch(url, init);
    if (response.status === 401) refused.wakeAll();
    return response;
  },
});
