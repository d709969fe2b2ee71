import type { Group } from "../product/context.ts";
import { dashboardsOpen } from "./dashboards.ts";
import { fanOut } from "./fan-out.ts";
import { history } from "./history.ts";
import { idle } from "./idle.ts";
import { idleStreams } from "./idle-streams.ts";
import { latency } from "./latency.ts";
import { mcp } from "./mcp.ts";
import { page } from "./page.ts";
import { processes } from "./processes.ts";
import { recipients } from "./recipients.ts";
import { sends } from "./sends.ts";
import { slowDiskBystander } from "./slow-disk.ts";
import { starts } from "./starts.ts";
import { streams } from "./streams.ts";
import { waiters } from "./waiters.ts";
import { waking } from "./waking.ts";

/** In the order of the table. */
export const groups: readonly Group[] = [
  sends,
  latency,
  fanOut,
  streams,
  idleStreams,
  history,
  dashboardsOpen,
  waiters,
  recipients,
  waking,
  slowDiskBystander,
  mcp,
  processes,
  starts,
  idle,
  page,
];
