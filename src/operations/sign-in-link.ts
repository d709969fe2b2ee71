import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { formatTime } from "../core/time.ts";

export const signInLink = defineOperation({
  name: "sign_in_link",
  title: "Sign-in link",
  summary: "Make the end of a link to the page of the bridge that signs one browser in, once, within two minutes.",
  permission: "admin",
  effect: "appends",
  input: z.object({
    name: z.string().min(1).max(48).optional().describe("A person's; unless told it is you, with the rights you have"),
  }),
  output: z.object({
    url_fragment: z.string().describe("After the page's address. Browsers send it to nobody"),
    expires_at: z.string(),
  }),

  async run({ name }, { access: { sessions }, principal, source }) {
    const { code, expiresAt } = await sessions.signInLink(name, { principal, source });
    return { url_fragment: `#signin=${code}`, expires_at: formatTime(expiresAt) };
  },
});
