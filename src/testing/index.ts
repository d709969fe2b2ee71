export { createFakeClock, type FakeClock } from "./fake-clock.ts";
export { describeStore } from "./store-contract.ts";
export type { OpenStore, StoreFixture, StoreOptions } from "./store-contract/fixture.ts";
