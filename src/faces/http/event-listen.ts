import type { Bridge } from "../../core/bridge.ts";
import type { Scope } from "../../core/scope.ts";
import type { LiveReader } from "./event-readers.ts";
import type { EventWriter } from "./event-writer.ts";

/** A stream, as those who write into it see it. */
export interface Listening {
  readonly bridge: Bridge;
  readonly scope: Scope;
  readonly writer: EventWriter;
}

/** Who delivers to all streams of this node at once. */
export interface Delivery<Place extends number> {
  /** Takes a reader that has everything up to `reader.after`; false when it must read on by itself first. */
  join(reader: LiveReader<Place>): boolean;
  leave(reader: LiveReader<Place>): void;
}

/** Lets it write, until the reader cannot keep up; then, where it is. Undefined when it or the bridge is gone. */
export function listen<Place extends number>(
  { bridge, scope, writer }: Listening,
  delivery: Delivery<Place>,
  after: Place,
): Promise<Place | undefined> {
  return new Promise((resolve, reject) => {
    const reader: LiveReader<Place> = {
      scope,
      after,
      write: writer.write,
      onLeft(failure) {
        if (failure !== undefined) reject(failure);
        finish(bridge.isClosing() ? undefined : reader.after);
      },
    };
    const forget = writer.onGone(() => finish(undefined));
    function finish(place: Place | undefined): void {
      delivery.leave(reader);
      forget();
      resolve(place);
    }
    if (writer.isGone()) finish(undefined);
    else if (!delivery.join(reader)) finish(after);
  });
}

export const isOver = ({ bridge, writer }: Listening): boolean => writer.isGone() || bridge.isClosing();
