import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchChromium, whyNoChromium } from "../../test/browser/chromium.ts";
import type { Scene } from "../../test/browser/scenes/scene.ts";
import { scenes } from "../../test/browser/scenes/scenes.ts";

// Draws every screen of the dashboard into docs/pictures, from a real bridge with a real story on it: `npm run pictures`.

const folder = join(import.meta.dirname, "../../docs/pictures");
/** Every scene in the dark; on paper and on a phone those that differ there in more than colours and width. */
const forms = [
  { name: "ink", colorScheme: "dark", viewport: { width: 1280, height: 800 }, of: /./ },
  {
    name: "paper",
    colorScheme: "light",
    viewport: { width: 1280, height: 800 },
    of: /^(channel|wire|message|needs-you)$/,
  },
  {
    name: "phone",
    colorScheme: "dark",
    viewport: { width: 390, height: 844 },
    of: /^(channel|wire|message|needs-you|connect)$/,
  },
] as const;

const reason = whyNoChromium();
if (reason !== undefined) throw new Error(reason);
mkdirSync(folder, { recursive: true });
const [wanted = ""] = process.argv.slice(2);
const browser = await launchChromium();
for (const scene of scenes) if (scene.name.includes(wanted)) await draw(browser, scene);
await browser.close();

async function draw(on: Browser, scene: Scene): Promise<void> {
  for (const { name, colorScheme, viewport } of forms.filter(({ of }) => of.test(scene.name))) {
    const stage = await scene.open();
    const { url, told } = stage;
    const context = await on.newContext({ colorScheme, viewport, reducedMotion: "reduce", locale: "en-GB" });
    const page = await context.newPage();
    await scene.prepare?.(page);
    await page.goto(url + scene.path(told));
    await scene.play(page, stage);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `${scene.name}-${name}.png`) });
    await context.close();
    await stage.close();
  }
}
