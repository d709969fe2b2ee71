import axe from "axe-core";
import type { Page } from "playwright-core";

interface Result {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe finds wrong with the page as it stands now: rules, and where they are broken. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  // Evaluated and not put into the page: its policy lets no script in.
  const { violations } = await page.evaluate<Result>(`${axe.source}; axe.run()`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** What of the page makes it scroll sideways. */
export async function overflowOn(page: Page): Promise<readonly string[]> {
  const [needed = 0, has = 0] = await page.evaluate<number[]>("[document.documentElement.scrollWidth, innerWidth]");
  return needed > has ? [`the page is ${needed} px wide in a window of ${has} px`] : [];
}

/** Sizes and themes in which each screen is looked at. */
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const schemes = ["dark", "light"] as const;

/** In every size and theme, with what is too wide for the page. */
export async function violationsEverywhere(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const size of sizes) {
    for (const colorScheme of schemes) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      const where = `${size.width} px, ${colorScheme}`;
      found.push(...(await violationsOn(page)).map((violation) => `${where}: ${violation}`));
      found.push(...(await overflowOn(page)).map((overflow) => `${where}: ${overflow}`));
    }
  }
  return found;
}
