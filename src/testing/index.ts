export {
  describeFace,
  type FaceAnswer,
  type FaceMessage,
  type FaceOperation,
  Refused,
  type RemoteBridge,
} from "./face-contract.ts";
export { createFakeClock, type FakeClock } from "./fake-clock.ts";
export { describeStore } from "./store-contract.ts";
export type { OpenStore, StoreFixture, StoreOptions } from "./store-contract/fixture.ts";
