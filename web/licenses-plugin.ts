import type { Plugin } from "vite";
import { licensesOf } from "../scripts/licenses.js";

/** Fonts come through a style sheet, which names no module. */
const fonts = ["@fontsource-variable/schibsted-grotesk", "@fontsource/commit-mono"];

/** Puts the licenses of the packages whose code or letters are in the page beside it. */
export function licenses(): Plugin {
  return {
    name: "licenses",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const fontFiles = fonts.map((name) => `${import.meta.dirname}/../node_modules/${name}/package.json`);
      const source = licensesOf([...chunks, { moduleIds: fontFiles }]);
      this.emitFile({ type: "asset", fileName: "THIRD-PARTY-LICENSES.txt", source });
    },
  };
}
