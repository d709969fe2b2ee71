import { createSetting } from "./setting.ts";

/** Whether single keys do something. Those who talk to their computer, or whose hands slip, switch them off. */
export const keysSetting = createSetting<boolean>("keys", true, (value) =>
  typeof value === "boolean" ? value : undefined,
);
