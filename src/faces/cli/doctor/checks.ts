import { agents } from "./agents.ts";
import type { Check } from "./check.ts";
import { claudeCode } from "./claude-code.ts";
import { credentials } from "./credentials.ts";
import { database } from "./database.ts";
import { disk } from "./disk.ts";
import { joined } from "./joined.ts";
import { node } from "./node.ts";
import { relay } from "./relay.ts";

/** In the order in which they are run and shown. */
export const checks: readonly Check[] = [database, node, disk, relay, credentials, joined, claudeCode, agents];
