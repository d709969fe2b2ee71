import type { Operation } from "../core/operation.ts";
import { ack } from "./ack.ts";
import { channels } from "./channels.ts";
import { clear } from "./clear.ts";
import { find } from "./find.ts";
import { ping } from "./ping.ts";
import { receive } from "./receive.ts";
import { send } from "./send.ts";
import { state } from "./state.ts";
import { status } from "./status.ts";
import { undo } from "./undo.ts";
import { wait } from "./wait.ts";

/** Everything that the bridge can do. A new operation is one file and one line here. */
export const operations = {
  send,
  receive,
  wait,
  ack,
  channels,
  status,
  ping,
  clear,
  undo,
  find,
  state,
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
