import { join } from "node:path";
import { defineConfig } from "vitest/config";

const here = import.meta.dirname;

export default defineConfig({
  test: {
    name: "real-clients",
    root: join(here, "../.."),
    include: ["test/real-clients/**/*.test.ts"],
    globalSetup: [join(here, "install.ts"), join(here, "product.ts")],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    // A client takes a whole core while it starts; more of them at once only take each other's time.
    maxWorkers: 2,
  },
});
