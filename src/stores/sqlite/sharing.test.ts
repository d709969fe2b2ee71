import { describe, expect, it } from "vitest";
import { mayShareFile } from "./sharing.ts";

describe("mayShareFile", () => {
  it.each(["3.51.3", "3.51.10", "3.52.0", "3.53.4", "4.0.0"])("trusts SQLite %s with two writers", (version) => {
    expect(mayShareFile(version)).toBe(true);
  });

  it.each(["3.51.2", "3.51", "3.50.7", "3.47.2", "3.9.99", "", "unknown"])("does not trust %s", (version) => {
    expect(mayShareFile(version)).toBe(false);
  });
});
