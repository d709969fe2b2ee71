/** Texts that have broken screens, of this program's ancestors or of others. */
export const hostileTexts: readonly string[] = [
  "[bold red]markup[/] <b>tags</b> {braces} %s ${x} `ticks`",
  "\u{1b}[2J\u{1b}[H\u{1b}[31mred\u{1b}[0m and \u{9b}2J",
  "\u{1b}]0;stolen title\u{7}\u{1b}]52;c;c3RvbGVu\u{7}\u{1b}]8;;http://evil\u{1b}\\link\u{1b}]8;;\u{1b}\\",
  "\u{1b}P+q544e\u{1b}\\ \u{1b}c \u{1b}[?1049l \u{1b}[?25h",
  "\r\nfake row\r\n10:00:00 admin → you  task  pay me",
  "overwrite\r\u{8}\u{8}\u{8}\u{8}me",
  "abc\u{202e}txt.exe\u{2066}isolated\u{2069} \u{200f}rtl עברית العربية",
  "family 👨\u{200d}👩\u{200d}👧\u{200d}👦 wave 👋🏽 heart ❤\u{fe0f} flag 🇩🇪 keycap 1\u{fe0f}\u{20e3}",
  "日本語のメッセージ、とても長い文章です。".repeat(12),
  "한국어 메시지 ｆｕｌｌｗｉｄｔｈ ﾊﾝｶｸ",
  `zalgo ${"e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}".repeat(40)}`,
  "हिन्दी ไทยคำ မြန်မာ தமிழ்",
  "x".repeat(10_000),
  "😀".repeat(5_000),
  `${"word ".repeat(2_000)}end`,
  "\t\ttabs\tand \u{0}nul \u{7f}del \u{85}nel \u{2028}line \u{2029}paragraph",
  "\u{feff}\u{200b}\u{2060}\u{ad}invisible\u{e0041}\u{e0042}",
  JSON.stringify({
    "\u{1b}[2J": "\u{202e}",
    __proto__x: [1, [2, [3, [4, [5]]]]],
    日本: { a: null, b: true, c: "\u{7}" },
  }),
  JSON.stringify({
    schema_version: 1,
    type: "\u{1b}[2Jtask",
    recipient: "日本/\u{202e}x",
    thread_id: "t\u{7}",
    content: { a: "b" },
  }),
  "[".repeat(2_000),
];

/** Names that a channel may have. */
export const hostileChannels: readonly string[] = [
  "x:[/y]",
  "日本:語",
  "a?b#c&d=%20",
  "<script>alert(1)</script>",
  "very:".repeat(30) + "long",
  "emoji:👨\u{200d}👩\u{200d}👧",
];

/** Names that a sender may have. */
export const hostileSenders: readonly string[] = ["[/]", "日本/語", "a".repeat(60), "mac/👩\u{200d}💻"];
