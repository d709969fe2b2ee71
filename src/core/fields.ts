import { z } from "zod";
import { maxChannelLength, maxIdLength, maxLabelLength, maxPageSize, maxScopeSize } from "./limits.ts";
import type { ChannelName, ConsumerId, MessageId } from "./message.ts";

/** The input fields that several operations share. Sizes are in `limits.ts`; the messages say what to do. */

const noControls = /^\P{Cc}*$/u;

function label(maxLength: number) {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .refine((value) => value.isWellFormed(), "must be well-formed Unicode")
    .regex(noControls, "must not contain control characters")
    .refine((value) => value === value.trim(), "must not start or end with whitespace");
}

export const channel = label(maxChannelLength).transform((value) => value as ChannelName);

export const sender = label(maxLabelLength);

export const consumerId = label(maxLabelLength).transform((value) => value as ConsumerId);

export const messageId = label(maxIdLength).transform((value) => value as MessageId);

export const idempotencyKey = label(maxIdLength);

/** Of a credential, an invitation, a session and the like. */
export const recordId = label(maxIdLength);

/** A channel name, or a pattern in which `*` stands for any run of characters. */
export const channels = z.array(label(maxChannelLength)).min(1).max(maxScopeSize);

export const content = z
  .string()
  .min(1)
  .refine((text) => text.isWellFormed(), "must be well-formed Unicode")
  .refine((text) => !text.includes("\0"), "must not contain NUL");

/** Bytes of the text in UTF-8. */
export const bytesOf = (text: string): number => encoder.encode(text).length;

const encoder = new TextEncoder();

/** Whether the text has more bytes in UTF-8. Counts them only where they may be too many: a code unit has at most three. */
export const isLongerThan = (text: string, bytes: number): boolean => text.length * 3 > bytes && bytesOf(text) > bytes;

/** More than a page is asked for is given as a page, as the original did. */
export const limit = z
  .int()
  .min(1)
  .transform((value) => Math.min(value, maxPageSize));
