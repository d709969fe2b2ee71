import { type Check, ok, warning } from "./check.ts";

/** Older ones do not get this far: the program itself refuses them. */
export const node: Check = {
  name: "node",
  *run() {
    const major = Number(process.versions.node.split(".")[0]);
    const text = `Node ${process.versions.node} on ${process.platform} ${process.arch}`;
    // Those with an odd number are given up after half a year.
    yield major % 2 === 0 ? ok(text) : warning(`${text} is no long-term release`, "use Node 24, or 22 from 22.13 on");
  },
};
