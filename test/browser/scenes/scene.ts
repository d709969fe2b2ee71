import type { Page } from "playwright-core";
import type { Served } from "../../support/face.ts";
import type { BreakableWay } from "../breakable-way.ts";
import type { Told } from "./story.ts";

/** A bridge with what a scene needs on it, and where a browser finds it. */
export interface Stage {
  readonly url: string;
  readonly served: Served;
  readonly told: Told;
  readonly way?: BreakableWay;
  close(): Promise<void>;
}

/** A screen in a state, as it is looked at: by the eye in docs/pictures, and by axe. */
export interface Scene {
  /** Also the name of its picture. */
  readonly name: string;
  readonly open: () => Promise<Stage>;
  readonly path: (told: Told) => string;
  /** Before the page is opened. */
  readonly prepare?: (page: Page) => Promise<unknown>;
  /** What is done there, and what is to be seen before anybody looks; again for each size of the window. */
  readonly play: (page: Page, stage: Stage) => Promise<unknown>;
  /** Requests fail in it, which the browser writes to its console. */
  readonly isBroken?: boolean;
}
