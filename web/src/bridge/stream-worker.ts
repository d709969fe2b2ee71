import { connect } from "../../../src/client/index.ts";
import { systemTimer } from "../../../src/client/timer.ts";
import { clientSource } from "../../../src/view/live/source.ts";
import { createSharing } from "./sharing.ts";

// One for all tabs: browsers let a page have six connections to a host, and this is the one that stays open.

interface SharedScope {
  readonly location: Location;
  addEventListener(type: "connect", listener: (event: MessageEvent) => void): void;
}
declare const self: SharedScope;

const sharing = createSharing(clientSource(connect({ url: self.location.origin })), systemTimer);
self.addEventListener("connect", ({ ports: [port] }) => {
  if (port !== undefined) sharing.join(port);
});
