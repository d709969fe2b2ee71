import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "bridge",
          include: ["src/**/*.test.ts", "web/src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["test/browser/**", "test/real-clients/**"],
          globalSetup: ["test/real-clients/product.ts"],
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/browser/built-page.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      "test/real-clients/vitest.config.ts",
    ],
  },
});
