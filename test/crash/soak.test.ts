import { afterEach, describe, expect, it } from "vitest";
import { isLong, report } from "./extent.ts";
import { countAcknowledged, createWriters, expectKept, sendFirst, sendNext } from "./load.ts";
import { slopePerMinute, startMeasuredRelay } from "./memory.ts";
import { cleanUp, temporaryFolder } from "./relay.ts";
import { closeReaders, expectWhole, readStream, type StreamReader } from "./stream-reader.ts";

afterEach(closeReaders);
afterEach(cleanUp);

const minutes = Number(process.env["BRIDGE_SOAK_MINUTES"] ?? 10);
const perSecond = 500;
const writerCount = 20;
const channels = ["soak:a", "soak:b", "soak:c", "soak:d"] as const;
const visitors = 50;
const sampleMs = 2000;
/** The second half of the time may add this much to what is held, in MB: a leak of 1 KB a message would be 150. */
const mostGrowthMb = 25;

describe.runIf(isLong)(`${minutes} minutes of ${perSecond} messages a second`, () => {
  it("with readers who come and go leave the memory as it was", { timeout: (minutes + 3) * 60_000 }, async () => {
    const relay = await startMeasuredRelay(temporaryFolder());
    const url = () => relay.url;
    const writers = createWriters(writerCount, (n) => channels[n % channels.length] ?? "");
    let since = "";
    for (const channel of channels) since = await sendFirst(relay.url, channel);
    const staying = readStream({ url, path: "/events?channels=soak:*", since });

    const comeAndGo: StreamReader[] = [];
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    const isOver = () => seconds() > minutes * 60;
    let sent = 0;
    let visits = 0;
    const samples: { seconds: number; mb: number; heldMb: number }[] = [];

    /** Each writer sends when the time has come for its next message, and as soon as it can when it is late. */
    const send = async (n: number): Promise<void> => {
      for (let at = n; !isOver(); at += writerCount) {
        const due = (at / perSecond) * 1000 - (performance.now() - begun);
        if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
        const writer = writers[n];
        if (writer !== undefined) await sendNext(writer, { url, bytes: 300 });
        sent += 1;
      }
    };
    const visit = setInterval(() => {
      visits += 1;
      const channel = channels[visits % channels.length] ?? "";
      comeAndGo.push(readStream({ url, path: `/events/channel/${channel}`, since }));
      if (comeAndGo.length > visitors) comeAndGo.shift()?.close();
    }, 100);
    const sample = setInterval(() => {
      const mb = relay.residentMb();
      void relay.heldMb().then((heldMb) => samples.push({ seconds: seconds(), mb, heldMb }));
    }, sampleMs);

    await Promise.all(writers.map((_, n) => send(n)));
    clearInterval(visit);
    clearInterval(sample);
    for (const reader of comeAndGo) reader.close();
    const total = countAcknowledged(writers);
    await expect.poll(() => staying.keys.length, { timeout: 30_000 }).toBe(total);
    expectWhole(staying, writers);
    await expectKept(relay.url, writers);

    const late = samples.slice(samples.length / 2);
    const held = slopePerMinute(late.map((one) => ({ seconds: one.seconds, mb: one.heldMb })));
    report("soak", {
      minutes,
      messages: total,
      perSecond: Math.round(sent / seconds()),
      visits,
      firstMb: samples[0],
      lastMb: samples.at(-1),
      residentMbPerMinute: slopePerMinute(samples),
      residentMbPerMinuteInSecondHalf: slopePerMinute(late),
      heldMbPerMinuteInSecondHalf: held,
    });
    expect((held * minutes) / 2).toBeLessThan(mostGrowthMb);
  });
});
