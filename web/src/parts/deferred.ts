import { type ComponentType, lazy } from "react";

/** A part of the page that is loaded when it is first shown; whoever shows it says what stands there meanwhile. */
export const deferred = <Props extends object>(load: () => Promise<ComponentType<Props>>) =>
  lazy(async () => ({ default: await load() }));
