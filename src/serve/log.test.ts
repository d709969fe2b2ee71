import { expect, it } from "vitest";
import { withoutTokens } from "./log.ts";

it("takes tokens out of whatever is logged", () => {
  const line = JSON.stringify({
    url: "/events/channel/a?token=s3cret&since_id=1",
    header: "Authorization: Bearer s3cret",
    query: "?since_id=1&token=s3cret",
  });
  const logged = withoutTokens(line);
  expect(logged).not.toContain("s3cret");
  expect(JSON.parse(logged)).toEqual({
    url: "/events/channel/a?token=[token]&since_id=1",
    header: "Authorization: Bearer [token]",
    query: "?since_id=1&token=[token]",
  });
});
