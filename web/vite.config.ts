import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { licenses } from "./licenses-plugin.ts";
import { tokens } from "./tokens-plugin.ts";

export default defineConfig(({ command }) => {
  // Whoever builds, such as a test with an environment of its own: what is served is never React for development.
  if (command === "build") process.env["NODE_ENV"] = "production";
  return {
    root: import.meta.dirname,
    plugins: [react(), tokens(), licenses()],
    build: {
      outDir: "../dist/web",
      emptyOutDir: true,
      target: "es2023",
      // Everything comes as a file of ours: the policy for content allows nothing inline.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    worker: { format: "es" },
    // For work on the dashboard: `vite web`, with a bridge at its usual place.
    server: {
      proxy: Object.fromEntries(["/api", "/events", "/status"].map((path) => [path, "http://localhost:8765"])),
    },
  };
});
