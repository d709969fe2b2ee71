import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import type { Stage } from "./scenes/scene.ts";
import { scenes } from "./scenes/scenes.ts";
import { watchTrouble } from "./trouble.ts";

/** Every screen, in both themes, on a phone and on a desk: for everybody, and without anything that sticks out. */

const reason = whyNoChromium();
const title = reason === undefined ? "a screen" : `a screen [skipped: ${reason}]`;
const themes = ["dark", "light"] as const;
const widths = [320, 390, 1440, 2560] as const;

describe.skipIf(reason !== undefined)(`${title}`, () => {
  let browser: Browser;
  let stage: Stage | undefined;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  afterEach(() => stage?.close());

  it.each(scenes.map((scene) => [scene.name, scene] as const))("%s", { timeout: 90_000 }, async (_name, scene) => {
    for (const colorScheme of themes) {
      stage = await scene.open();
      const { url, told } = stage;
      const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
      const trouble = watchTrouble(context, url);
      const page = await context.newPage();
      await page.setViewportSize({ width: widths[0], height: 800 });
      await scene.prepare?.(page);
      await page.goto(url + scene.path(told));
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        await scene.play(page, stage);
        const found = [...(await faultsOf(page)), ...(await overflowOf(page))];
        expect(found, `${colorScheme}, ${width} px`).toEqual([]);
      }
      expect(scene.isBroken === true ? [] : trouble).toEqual([]);
      await context.close();
      await stage.close();
      stage = undefined;
    }
  });
});

/** WCAG 2.2 A and AA, and what axe calls best practice. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  // Through the browser's debugger, which the page's policy for content does not bind.
  await page.evaluate(`if (!window.axe) { ${axe.source} }`);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Nothing makes the page itself scroll sideways. */
async function overflowOf(page: Page): Promise<readonly string[]> {
  const wider = await page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    return scrollWidth > innerWidth ? [`the page is ${scrollWidth} px wide in a window of ${innerWidth} px`] : [];
  });
  return wider;
}
