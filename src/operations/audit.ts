import { z } from "zod";
import { auditEvents, type AuditRow } from "../core/audit.ts";
import { maxAuditPage } from "../core/limits.ts";
import { defineOperation } from "../core/operation.ts";
import { formatTime } from "../core/time.ts";

const auditRow = z.object({
  id: z.int().describe("As n"),
  timestamp: z.string(),
  event: z.enum(auditEvents),
  channel: z.string().nullable(),
  detail: z.string().nullable(),
  ip: z.string().nullable(),
  n: z.int().describe("Its place in the chain, without gaps"),
  principal: z.string(),
  credential: z.string().optional(),
  seq: z.int().optional(),
  body_hash: z.string().optional().describe("SHA-256 of a message's text"),
  hash: z.string().describe("Over this row and the hash of the one before"),
});

export const audit = defineOperation({
  name: "audit",
  title: "Audit",
  summary: "Who did what, the newest first; or from a row on, the oldest first.",
  permission: "admin",
  effect: "reads",
  input: z.object({
    after: z.int().min(0).optional().describe("n of a row: those after it, oldest first"),
    limit: z
      .int()
      .min(1)
      .default(100)
      .transform((value) => Math.min(value, maxAuditPage)),
  }),
  output: z.object({
    enabled: z.boolean(),
    audits_messages: z.boolean().describe("Whether each message is written down too"),
    events: z.array(auditRow),
  }),

  async run({ after, limit }, { access }) {
    const rows = after === undefined ? await access.audit.newest(limit) : await access.audit.rows(after, limit);
    return { enabled: true, audits_messages: access.auditsMessages(), events: rows.map(toWireRow) };
  },
});

function toWireRow(row: AuditRow): z.output<typeof auditRow> {
  const { n, at, event, principal, credential, address, channel, seq, bodyHash, detail, hash } = row;
  return {
    id: n,
    timestamp: formatTime(at),
    event,
    channel: channel ?? null,
    detail: detail ?? null,
    ip: address ?? null,
    n,
    principal,
    ...(credential === undefined ? {} : { credential }),
    ...(seq === undefined ? {} : { seq }),
    ...(bodyHash === undefined ? {} : { body_hash: bodyHash }),
    hash,
  };
}
