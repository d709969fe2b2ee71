import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { maxContentBytes, maxSecretsFound } from "./limits.ts";
import { findSecrets, withoutSecrets } from "./secrets.ts";
import { rules } from "./secrets/rules.ts";

/**
 * Every token here is made of parts when the test runs, out of letters that nobody was given: so nothing in this file
 * looks like a credential to those who search it for one.
 */
const letters = "q7Zt1Kx9Lm3Vb8Rc2Wn6Yd4Hs5Jf0Pg7TaUeOiQwXyCz".repeat(12);
const digits = "7f3a9c1e5b8d2046".split("").toReversed().join("").concat("c4e81a6f").repeat(6);
const some = (length: number, from = 0) => letters.slice(from, from + length);
const hex = (length: number) => digits.slice(0, length);
const upper = (length: number) => letters.replaceAll(/[^A-Z0-9]/g, "").slice(0, length);
const dashes = "-".repeat(5);
const aws = ["AK", "IA", upper(16)].join("");

const positives: readonly (readonly [rule: string, secret: string])[] = [
  ["bridge-token", `cbr${"_"}${some(32)}`],
  ...["ghp", "gho", "ghu", "ghs", "ghr"].map((kind) => ["github-token", `${kind}${"_"}${some(36)}`] as const),
  ["github-token", `github_pat${"_"}${some(22)}_${some(59)}`],
  ["gitlab-token", `glpat${"-"}${some(20)}`],
  ["gitlab-token", `glpat${"-"}${some(27)}.01.0w1abcdef`],
  ["npm-token", `npm${"_"}${some(36)}`],
  ["pypi-token", `pypi${"-"}AgEIcHlwaS5vcmc${some(100)}`],
  ["docker-token", `dckr_pat${"_"}${some(27)}`],
  ["aws-access-key", aws],
  ["aws-access-key", `${aws}\naws_secret: ${some(40)}`],
  ["aws-secret-key", `secret_access_key${" = "}${some(40)}`],
  ["aws-secret-key", `SecretAccessKey${'": "'}${some(40)}`],
  ["google-api-key", `AI${"za"}${some(35)}`],
  ["google-oauth", `GOCSPX${"-"}${some(28)}`],
  ["google-oauth", `ya29${"."}${some(120)}`],
  ["azure-key", `AccountKey${"="}${some(86)}==`],
  ["azure-key", `SharedAccessKey${"="}${some(43)}=`],
  ["digitalocean-token", `dop_v1${"_"}${hex(64)}`],
  ["vault-token", `hvs${"."}${some(90)}`],
  ["databricks-token", `dapi${""}${hex(32)}`],
  ["anthropic-key", `sk-ant${"-"}api03-${some(93)}AA`],
  ["openai-key", `sk-proj${"-"}${some(120)}`],
  ["openai-key", `sk${"-"}${some(48)}`],
  ["openrouter-key", `sk-or-v1${"-"}${hex(64)}`],
  ["huggingface-token", `hf${"_"}${some(34)}`],
  ["groq-key", `gsk${"_"}${some(52)}`],
  ["xai-key", `xai${"-"}${some(80)}`],
  ["slack-token", `xoxb${"-"}123581321345-${some(24)}`],
  ["slack-webhook", `hooks.slack.com${"/"}services/T0${upper(8)}/B0${upper(8)}/${some(24)}`],
  ["discord-webhook", `discord.com${"/"}api/webhooks/914159265358979323/${some(68)}`],
  ["discord-token", `${["M", "T", "k"].join("")}${some(23)}.${some(6)}.${some(38)}`],
  ["twilio-key", `SK${""}${hex(32)}`],
  ["sendgrid-key", `SG${"."}${some(22)}.${some(43)}`],
  ["mailgun-key", `mailgun${" "}key-${hex(32)}`],
  ["stripe-key", `sk_live${"_"}${some(24)}`],
  ["stripe-key", `rk_live${"_"}${some(99)}`],
  ["stripe-key", `whsec${"_"}${some(32)}`],
  ["linear-key", `lin_api${"_"}${some(40)}`],
  ["shopify-token", `shpat${"_"}${hex(32)}`],
  ["jwt", `eyJ${""}hbGciOiJIUzI1NiJ9.eyJ${some(40)}.${some(43)}`],
  ...["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "].map(
    (kind) => ["private-key", `${dashes}BEGIN ${kind}PRIVATE KEY${dashes}\n${some(64)}\n${some(64, 5)}\n`] as const,
  ),
  ["private-key", `${dashes}BEGIN PGP PRIVATE KEY BLOCK${dashes}\nVersion: 1\n\n${some(64)}\n`],
  ["private-key", `${dashes}BEGIN PRIVATE KEY${dashes}\\n${some(64)}\\n${some(64, 5)}\\n`],
  ["private-key", `${dashes}BEGIN PRIVATE KEY${dashes}\\\\n${some(64)}\\\\n${some(64, 5)}\\\\n`],
];

describe("finds", () => {
  it.each(positives)("%s", (rule, secret) => {
    for (const [before, after] of [
      ["", ""],
      ["the token is ", ", use it"],
      ['{"text":"a\\n', '"}'],
      ["TOKEN=", "\n"],
    ] as const) {
      const found = findSecrets(before + secret + after);
      expect(found).toMatchObject([{ rule, start: before.length }]);
      expect(found[0]?.length).toBeGreaterThanOrEqual(secret.length);
      expect(found[0]?.length).toBeLessThanOrEqual(secret.length + after.length);
    }
  });

  it.each([
    ["url-password", `https${"://"}ada:${some(12)}@db.example.org/x`],
    ["url-password", `postgres${"://"}ada:Tr0ub4dor@[::1]:5432/app`],
    ["telegram-token", `https://api.telegram.org/bot123456789${":AA"}${some(33)}/getMe`],
    ["terraform-token", `${some(14)}${".atlasv1."}${some(67)}`],
    ["aws-secret-key", `TF_VAR_SECRET_ACCESS_KEY${"="}${some(40)}`],
  ])("%s within other text", (rule, text) => {
    expect(findSecrets(`see ${text} there`)).toMatchObject([{ rule }]);
  });

  it("several, in their order, with their places", () => {
    const [first, second] = [`ghp${"_"}${some(36)}`, `npm${"_"}${some(36)}`];
    expect(findSecrets(`${first} ${second}`)).toEqual([
      { rule: "github-token", label: "a GitHub token", start: 0, length: 40 },
      { rule: "npm-token", label: "an npm token", start: 41, length: 40 },
    ]);
  });

  it("by every rule of the table", () => {
    const untold = ["url-password", "telegram-token", "terraform-token"];
    expect(new Set([...positives.map(([rule]) => rule), ...untold])).toEqual(new Set(rules.map(({ rule }) => rule)));
  });
});

describe("withoutSecrets", () => {
  it("takes every credential out, also more than are reported, and wherever in the text", () => {
    const secret = `ghp${"_"}${some(36)}`;
    const text = `${`${secret}, `.repeat(100)}${" ".repeat(maxContentBytes)}${secret}!`;
    const left = withoutSecrets(text);
    expect(left).not.toContain(secret);
    expect(left.match(/\[redacted: a GitHub token\]/g)).toHaveLength(101);
    expect(left.replaceAll("[redacted: a GitHub token]", secret)).toBe(text);
  });

  it("leaves a text as it is that has none", () => {
    expect(withoutSecrets("ghp_ and npm_config, nothing more")).toBe("ghp_ and npm_config, nothing more");
  });
});

describe("leaves alone", () => {
  it.each([
    ["a git hash", hex(40)],
    ["a SHA-256", hex(64)],
    ["an id", "94157a1d-c423-8c86-8000-000000000002"],
    ["base64", Buffer.from(letters.slice(0, 300)).toString("base64")],
    ["placeholders", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx sk-... sk-ant-api03-... glpat-XXXXXXXXXXXXXXXXXXXX"],
    ["words for a secret", `ghp_YourTokenHere${some(19)} sk-proj-put-your-key-here-and-nowhere-else-please`],
    ["counting up", `ghp_abcdefghijklmnopqrstuvwxyz0123456789 npm_123456789012345678901234567890123456`],
    ["the documented AWS key", ["AKIA", "IOSFODNN7", "EXAMPLE"].join("")],
    ["a token that is too short", `ghp${"_"}${some(20)}`],
    ["a longer word", `xghp${"_"}${some(36)} npm${"_"}${some(60)}`],
    ["a variable", "npm_config_registry hf_transformers_cache sk_live_mode github_pat_prefix"],
    ["a class of CSS", "sk-folding-cube-container-wide-animation-start"],
    ["a key's name", `-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----`],
    ["a public key", `-----BEGIN PUBLIC KEY-----\n${some(64)}\n-----END PUBLIC KEY-----`],
    ["a certificate", `-----BEGIN CERTIFICATE-----\n${some(64)}\n-----END CERTIFICATE-----`],
    ["two parts of three", `eyJhbGciOiJIUzI1NiJ9.eyJ${some(40)}`],
    ["URLs", "https://a.example:8080/x@y http://[::1]:80/ git@github.com:a/b https://user@host/x"],
    [
      "URLs with placeholders",
      "postgres://user:password@host postgres://u:${DB_PASS}@h redis://:<password>@h https://u:****@h",
    ],
    ["a cache key", `cache-key-${hex(32)} key-${hex(32)}`],
    ["a task's name", `task-${some(48)} desk-ant-${some(40)}`],
  ])("%s", (_what, text) => {
    expect(findSecrets(text)).toEqual([]);
  });
});

describe("is linear", () => {
  it("because every repetition in a pattern is bounded, and every start is literal", () => {
    for (const { rest, starts } of rules) {
      const bare = rest.source.replaceAll(/\\./g, "x").replaceAll(/\[[^\]]*\]/g, "x");
      expect(bare).not.toMatch(/[*+]|\{\d+,\}/);
      expect(rest.sticky).toBe(true);
      expect(Math.min(...starts.map((start) => start.length))).toBeGreaterThan(1);
    }
  });

  it("because each start in the text is tried at most once", () => {
    const tries = rules.map(({ rest }) => vi.spyOn(rest, "exec"));
    const piece = fc.constantFrom(
      ...rules.flatMap(({ starts }) => starts),
      " ",
      "\n",
      ".eyJ",
      "A1b2C3d4",
      ":x@y",
      "a: ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        const text = pieces.join("");
        for (const spy of tries) spy.mockClear();
        findSecrets(text);
        expect(tries.reduce((sum, spy) => sum + spy.mock.calls.length, 0)).toBeLessThanOrEqual(text.length / 2);
      }),
    );
    vi.restoreAllMocks();
  });

  it.each([...new Set(rules.flatMap(({ starts }) => starts))])("in a text full of %j", (start) => {
    for (const filler of ["", " ", "a1B2", " a: ", ":a@"]) {
      const text = (start + filler).repeat(maxContentBytes / 2).slice(0, maxContentBytes);
      expect(findSecrets(text).length).toBeLessThanOrEqual(maxSecretsFound);
    }
  });

  it("and looks no further than the longest message, and finds no more than it says", () => {
    const secret = `ghp${"_"}${some(36)} `;
    expect(findSecrets(" ".repeat(maxContentBytes) + secret)).toEqual([]);
    expect(findSecrets(secret.repeat(100))).toHaveLength(maxSecretsFound);
  });

  it("in any text at all, with findings inside it and one after the other", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (text) => {
        let end = 0;
        for (const { start, length } of findSecrets(text)) {
          expect(start).toBeGreaterThanOrEqual(end);
          end = start + length;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
