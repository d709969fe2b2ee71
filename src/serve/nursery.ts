import { PerformanceObserver } from "node:perf_hooks";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/**
 * The space in which V8 makes new objects. V8 doubles it whenever much of what was made has lived on, up to
 * 128 MB, and never gives it back. What a start loads lives on, and so do a thousand streams that come at once:
 * neither says that there will be more garbage.
 */
export interface Nursery {
  /** Lets it grow from now on, as far as a bridge under full load has use for it. */
  grow(): void;
}

/** A send under full load costs no more with this than with all that V8 would take; with a few megabytes it does. */
const enoughBytes = 32 * 1024 * 1024;

/** Keeps it as small as it is. */
export function holdNursery(): Nursery {
  setGrowth(1);
  return {
    grow() {
      setGrowth(2);
      const collections = new PerformanceObserver(() => {
        if (sizeNow() < enoughBytes) return;
        setGrowth(1);
        collections.disconnect();
      });
      collections.observe({ entryTypes: ["gc"] });
    },
  };
}

/** Of all of V8's flags this is one that it looks at again each time. */
const setGrowth = (factor: number) => setFlagsFromString(`--semi-space-growth-factor=${factor}`);

const sizeNow = () => getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space")?.space_size ?? 0;
