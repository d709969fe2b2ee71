import { Menu } from "@base-ui/react/menu";
import { useState } from "react";
import { systemClock } from "../../../src/core/clock.ts";
import { themes } from "../../../src/view/tokens.ts";
import type { WireLayout } from "../../../src/view/wire/layout.ts";
import { mermaidOf } from "../../../src/view/wire/mermaid.ts";
import { pictureOf } from "../../../src/view/wire/picture.ts";
import { fileName, save } from "../export/save.ts";
import { copy } from "../parts/copy.ts";
import { pngOf } from "./raster.ts";
import "../parts/menu.css";

interface Props {
  readonly layout: WireLayout;
  readonly title: string;
}

/** Takes the diagram along: as a picture, or as text for whatever draws Mermaid. */
export function PictureMenu({ layout, title }: Props) {
  const [said, say] = useState("");
  const now = systemClock.now();
  const picture = () => pictureOf(layout, { theme: themes[themeNow()], title, now });

  async function savePng() {
    try {
      save(fileName(title, "png"), "image/png", [await pngOf(picture())]);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  }

  async function copyMermaid() {
    const text = mermaidOf(layout, now);
    if ((await copy(text)) === "copied") say("Copied");
    else save(fileName(title, "mmd"), "text/plain", [text]);
  }

  return (
    <>
      <Menu.Root>
        <Menu.Trigger className="button button-plain">Picture</Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner side="top" align="end" sideOffset={4}>
            <Menu.Popup className="menu">
              <Menu.Item
                className="menu-item"
                onClick={() => save(fileName(title, "svg"), "image/svg+xml", [picture().svg])}
              >
                SVG
              </Menu.Item>
              <Menu.Item className="menu-item" onClick={() => void savePng()}>
                PNG
              </Menu.Item>
              <Menu.Item
                className="menu-item"
                onClick={() => save(fileName(title, "mmd"), "text/plain", [mermaidOf(layout, now)])}
              >
                Mermaid text
              </Menu.Item>
              <Menu.Item className="menu-item" onClick={() => void copyMermaid()}>
                Copy Mermaid text
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <output className="wire-said-of-it">{said}</output>
    </>
  );
}

/** The colours that the page has now. */
const themeNow = (): keyof typeof themes =>
  getComputedStyle(document.documentElement).colorScheme.includes("dark") ? "ink" : "paper";
