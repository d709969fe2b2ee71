import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { overflowOn, violationsOn } from "./axe.ts";
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
        const found = [...(await violationsOn(page)), ...(await overflowOn(page))];
        expect(found, `${colorScheme}, ${width} px`).toEqual([]);
      }
      expect(scene.isBroken === true ? [] : trouble).toEqual([]);
      await context.close();
      await stage.close();
      stage = undefined;
    }
  });
});
