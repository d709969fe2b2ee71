import type { ChannelName } from "../../core/message.ts";
import type { Epoch } from "../../core/message-id.ts";
import type { Receipt } from "../../core/receipt.ts";
import { toWireReceipt } from "../../core/wire-receipt.ts";
import { type Chunk, toChunk } from "./event-chunk.ts";
import { frame } from "./event-frames.ts";

/** A receipt as an event, whose bytes all readers share. */
export interface FramedReceipt {
  readonly channel: ChannelName;
  readonly change: number;
  readonly frame: Buffer;
}

export function frameReceipt(epoch: Epoch, receipt: Receipt): FramedReceipt {
  const { channel, change } = receipt;
  const text = frame("receipt", { ...toWireReceipt(epoch, receipt), change });
  return { channel, change, frame: Buffer.from(text, "latin1") };
}

export const chunkOf = (receipts: readonly FramedReceipt[]): Chunk =>
  toChunk(receipts.map(({ frame: bytes }) => bytes));
