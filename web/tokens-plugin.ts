import type { Plugin } from "vite";
import { type Theme, themes } from "../src/view/tokens.ts";

const id = "virtual:tokens.css";
const resolved = "/virtual/tokens.css";

/** The one table of colours as custom properties: `lineStrong` is `--line-strong`. */
export function tokens(): Plugin {
  return {
    name: "tokens",
    resolveId: (wanted) => (wanted === id ? resolved : undefined),
    load: (wanted) => (wanted === resolved ? css() : undefined),
  };
}

const css = () => `
:root { color-scheme: light; ${properties(themes.paper)} }
@media (prefers-color-scheme: dark) { :root { color-scheme: dark; ${properties(themes.ink)} } }
:root[data-theme="paper"] { color-scheme: light; ${properties(themes.paper)} }
:root[data-theme="ink"] { color-scheme: dark; ${properties(themes.ink)} }
`;

const properties = (theme: Theme) =>
  Object.entries(theme)
    .map(([token, colour]) => `--${token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${colour};`)
    .join(" ");
