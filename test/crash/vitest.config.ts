import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "../..");

/** The long forms, on demand: `npm run test:faults`, or with the name of a file behind `--`. */
export default defineConfig({
  test: {
    name: "faults",
    root,
    include: ["test/crash/**/*.test.ts", "test/networking.test.ts"],
    globalSetup: [join(root, "test/real-clients/product.ts")],
    env: { BRIDGE_FAULTS: "long" },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Each of them takes the whole machine.
    fileParallelism: false,
    disableConsoleIntercept: true,
  },
});
