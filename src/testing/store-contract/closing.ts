import { expect, it, vi } from "vitest";
import { beginning } from "../../core/message.ts";
import { only } from "../../core/scope.ts";
import { draft, freshStore, nextEntries, type OpenStore, reader, sendOne, worker } from "./fixture.ts";

export function closing(open: OpenStore): void {
  const fresh = freshStore(open);

  it("can be closed twice, also at once", async () => {
    const { here } = fresh;
    await Promise.all([here.close(), here.close()]);
    await expect(here.close()).resolves.toBeUndefined();
  });

  it("rejects later calls", async () => {
    const { here } = fresh;
    const message = await sendOne(here, draft("one"));
    await here.close();
    const calls = [
      () => here.append([draft("two")]),
      () => here.read(only(worker), beginning, 10),
      () => here.tail(only(worker), 10),
      () => here.remaining(only(worker), beginning),
      () => here.find(message.id),
      () => here.lastSeq(),
      () => here.channels(),
      () => here.totals(),
      () => here.clear(worker),
      () => here.prune(0, 10),
      () => here.cursor(reader, worker),
      () => here.advance(reader, message),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "closing" });
  });

  it("stores what was asked for before", async () => {
    const { here } = fresh;
    const sending = sendOne(here, draft("last words"));
    await here.close();
    expect(await sending).toMatchObject({ content: "last words" });
  });

  it("ends watches, and rings for them once more", async () => {
    const { here } = fresh;
    const wake = vi.fn<() => void>();
    here.watch(only(worker), wake);
    await here.close();
    expect(wake).toHaveBeenCalled();
  });

  it("sends waiting readers home", async () => {
    const { here } = fresh;
    const waiting = nextEntries(here, only(worker)).catch((error: unknown) => error);
    await here.close();
    expect(await waiting).toMatchObject({ code: "closing" });
  });
}
