/**
 * Shapes of credentials as their providers publish them. A row is found by one of its literal starts, and then held
 * against a pattern of which every repetition is bounded: so no text makes the search slow.
 */
export interface Rule {
  readonly rule: string;
  /** As in "looks like it holds …". */
  readonly label: string;
  readonly starts: readonly string[];
  /** What follows the start. Its first group is the random part; without a group all of it is. */
  readonly rest: RegExp;
  /** Bits per character that the random part has at least; placeholders have less. */
  readonly minBits?: number;
  /** The start may stand within a word; else the character before it must not be part of one. */
  readonly isWithinWords?: true;
}

const hex = (length: number) => new RegExp(`[0-9a-f]{${length}}`, "y");
const word = (min: number, max: number) => new RegExp(`[A-Za-z0-9]{${min},${max}}`, "y");
/** Letters, digits, `_` and `-`. */
const dashed = (min: number, max: number) => new RegExp(`[\\w-]{${min},${max}}`, "y");

const codeAndPackages: readonly Rule[] = [
  row("bridge-token", "a token of this bridge", ["cbr_"], dashed(20, 200)),
  row("github-token", "a GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], word(36, 255)),
  row("github-token", "a GitHub token", ["github_pat_"], /\w{40,255}/y),
  row("gitlab-token", "a GitLab token", ["glpat-", "gldt-", "glrt-", "glptt-"], /[\w-]{20,300}(?:\.[\w-]{2,20}){0,2}/y),
  row("npm-token", "an npm token", ["npm_"], word(36, 36)),
  row("pypi-token", "a PyPI token", ["pypi-AgE"], dashed(50, 1000)),
  row("docker-token", "a Docker token", ["dckr_pat_", "dckr_oat_"], dashed(24, 64)),
];

const clouds: readonly Rule[] = [
  // The secret key often follows its id, with a word or none between; it is then part of the finding.
  row(
    "aws-access-key",
    "an AWS access key",
    ["AKIA", "ASIA"],
    /([A-Z0-9]{16})(?:[\s"',:;|\\]{1,8}(?:\w{1,40}[\s"',:;=|\\]{1,8})?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=]))?/y,
  ),
  {
    ...row(
      "aws-secret-key",
      "an AWS secret key",
      ["secret_access_key", "SECRET_ACCESS_KEY", "secretAccessKey", "SecretAccessKey"],
      /\\?["']?\s{0,8}[:=]{1,2}>?\s{0,8}\\?["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/y,
    ),
    isWithinWords: true,
  },
  row("google-api-key", "a Google API key", ["AIza"], dashed(35, 35)),
  row("google-oauth", "a Google OAuth secret", ["GOCSPX-"], dashed(28, 28)),
  row("google-oauth", "a Google OAuth token", ["ya29."], dashed(40, 2000)),
  row("azure-key", "an Azure account key", ["AccountKey="], /[A-Za-z0-9+/]{86}==/y),
  row("azure-key", "an Azure shared access key", ["SharedAccessKey="], /[A-Za-z0-9+/]{43}=/y),
  row("digitalocean-token", "a DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"], hex(64)),
  {
    ...row("terraform-token", "a Terraform token", [".atlasv1."], /(?<=[A-Za-z0-9]{14}\.atlasv1\.)[\w-]{60,70}/y),
    isWithinWords: true,
  },
  row("vault-token", "a Vault token", ["hvs.", "hvb.", "hvr."], dashed(24, 300)),
  row("databricks-token", "a Databricks token", ["dapi"], /[0-9a-f]{32}(?:-\d)?/y),
];

const models: readonly Rule[] = [
  row("anthropic-key", "an Anthropic key", ["sk-ant-"], dashed(24, 250)),
  row("openai-key", "an OpenAI key", ["sk-proj-", "sk-svcacct-", "sk-admin-"], dashed(32, 250)),
  row("openai-key", "an OpenAI key", ["sk-"], /(?=[A-Za-z]{0,40}\d)[A-Za-z0-9]{32,64}/y),
  row("openrouter-key", "an OpenRouter key", ["sk-or-v1-"], hex(64)),
  row("huggingface-token", "a Hugging Face token", ["hf_"], word(34, 40)),
  row("groq-key", "a Groq key", ["gsk_"], word(48, 60)),
  row("xai-key", "an xAI key", ["xai-"], word(70, 90)),
];

const messaging: readonly Rule[] = [
  row(
    "slack-token",
    "a Slack token",
    ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxe.xox", "xapp-"],
    /(?=[A-Za-z-]{0,12}\d)[A-Za-z0-9-]{24,300}/y,
  ),
  row("slack-webhook", "a Slack webhook", ["hooks.slack.com/"], /(?:services|workflows|triggers)\/([\w/-]{30,120})/y),
  row(
    "discord-webhook",
    "a Discord webhook",
    ["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"],
    /\d{17,20}\/([\w-]{60,80})/y,
  ),
  // The first part is a number of 17 to 20 digits in base64, which leaves few letters possible.
  row(
    "discord-token",
    "a Discord bot token",
    pairs("MNO", "DTjz"),
    /[AEIMQUYcgk][A-Za-z0-9]{20,24}\.[\w-]{6}\.([\w-]{27,40})/y,
  ),
  {
    ...row("telegram-token", "a Telegram bot token", [":AA"], /(?<=(?<!\d)\d{8,10}:AA)[\w-]{33}/y),
    isWithinWords: true,
  },
  row("twilio-key", "a Twilio key", ["SK"], hex(32)),
  row("sendgrid-key", "a SendGrid key", ["SG."], /[\w-]{16,32}\.[\w-]{32,64}/y),
  {
    ...row(
      "mailgun-key",
      "a Mailgun key",
      ["mailgun", "MAILGUN", "Mailgun"],
      /[\w.\s"'=:-]{0,40}?(?<![\w-])(?:api:)?((?:key-[0-9a-f]{32})|(?:[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}))/y,
    ),
    isWithinWords: true,
  },
];

const business: readonly Rule[] = [
  row("stripe-key", "a Stripe key", ["sk_live_", "rk_live_"], word(16, 250)),
  row("stripe-key", "a Stripe webhook secret", ["whsec_"], /[A-Za-z0-9+/]{32,64}/y),
  row("linear-key", "a Linear key", ["lin_api_"], word(32, 64)),
  row("shopify-token", "a Shopify token", ["shpat_", "shpca_", "shppa_", "shpss_"], /[0-9A-Fa-f]{32}/y),
];

const anywhere: readonly Rule[] = [
  row("jwt", "a JSON Web Token", ["eyJ"], /[\w-]{8,2000}\.eyJ[\w-]{8,8000}\.([\w-]{20,1400})/y),
  // Line ends may be spelt `\n` or `\\n`, as in a service account's JSON; a few lines of headers may come first.
  row(
    "private-key",
    "a private key",
    ["-----BEGIN "],
    /(?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\{1,4}[nr]){0,8}(?:[A-Z][A-Za-z-]{1,20}: [^\r\n\\]{0,120}(?:[\r\n]|\\{1,4}[nr]){1,8}){0,4}([A-Za-z0-9+/]{40})[A-Za-z0-9+/=\s\\]{0,16000}/y,
  ),
  // People choose passwords, so there is less in them; brackets, dollars and stars are those of placeholders.
  {
    ...row(
      "url-password",
      "a URL with a password",
      ["://"],
      /(?<=[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s:@/?#"'`<>\\]{0,128}:(?!(?:pass(?:word|wd)?|pwd|secret|token|postgres|guest|admin|root)@)([^\s:@/?#"'`<>{}$*\\]{6,256})@[\w.[\]-]{1,255}/y,
    ),
    minBits: 2.2,
    isWithinWords: true,
  },
];

export const rules: readonly Rule[] = [codeAndPackages, clouds, models, messaging, business, anywhere].flat();

function row(rule: string, label: string, starts: readonly string[], rest: RegExp): Rule {
  return { rule, label, starts, rest };
}

function pairs(firsts: string, seconds: string): readonly string[] {
  return firsts.split("").flatMap((first) => seconds.split("").map((second) => first + second));
}
