/**
 * What bundles of the program need for the terminal UI: React chooses its files by NODE_ENV, and Ink names development
 * tools, which no package of ours has.
 */
export const asReleased = {
  transform: { define: { "process.env.NODE_ENV": JSON.stringify("production") } },
  plugins: [
    {
      name: "without-development-tools",
      resolveId: (source, importer = "") =>
        source === "./devtools.js" && /[\\/]ink[\\/]build[\\/]/.test(importer)
          ? "\0without-development-tools"
          : undefined,
      load: (id) => (id === "\0without-development-tools" ? "export {};" : undefined),
    },
  ],
};
