/** A screen without what is another one each time: times, ages, ids, the port. Everything stays in its column. */
export function still(lines: readonly string[]): string {
  return `${lines.map(stillLine).join("\n")}\n`;
}

const stillLine = (line: string): string =>
  line
    .replaceAll(/\d\d:\d\d:\d\d\.\d{3}/g, "HH:MM:SS.mmm")
    .replaceAll(/\d\d:\d\d:\d\d/g, "HH:MM:SS")
    .replaceAll(/\b\d\d:\d\d\b/g, "HH:MM")
    .replaceAll(/\+(\d+ ms|[\d.]+ s|\d+ m \d+ s) */g, (all) => "+N ms".padEnd(all.length))
    .replaceAll(/\b\d+ (?:s|m)\b */g, (all) => "N s".padEnd(all.length))
    .replaceAll(/\b\d+ ms\b */g, (all) => "N ms".padEnd(all.length))
    .replaceAll(/localhost:\d+ */g, (all) => "localhost:PORT".padEnd(all.length))
    .replaceAll(/\d+ \d+\/min| +\d+\/min/g, (all) => "N/min".padStart(all.length))
    .replaceAll(/[▁▂▃▄▅▆▇█]{12}/g, "▁".repeat(12))
    .replaceAll(
      /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
      "an-id-of-a-message-that-is-as-long-xx",
    )
    .replaceAll(/ *Today, \w+ \d+ \w+/g, (all) => "Today".padStart(all.length))
    .trimEnd();
