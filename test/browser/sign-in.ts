import type { BrowserContext, Locator, Page } from "playwright-core";
import { post, type Served } from "../support/face.ts";

export const token = "s3cret-token";
export const bearer = { authorization: `Bearer ${token}` };

/** The address that signs one browser in, once. */
export async function signInLink({ url }: Served): Promise<string> {
  const response = await post(`${url}/api/sign-in-links`, {}, bearer);
  const { url_fragment: fragment } = (await response.json()) as { url_fragment: string };
  return `${url}/${fragment}`;
}

/** Signs the browser in, and answers with the bridge's page in it. */
export async function signIn(context: BrowserContext, served: Served): Promise<Page> {
  const page = await context.newPage();
  await page.goto(await signInLink(served));
  await signedIn(page, "you").waitFor();
  return page;
}

/** What says who is signed in; there is none until then. */
export const signedIn = (page: Page, name: string): Locator =>
  page.getByRole("button", { name: `Signed in as ${name}`, exact: true });
