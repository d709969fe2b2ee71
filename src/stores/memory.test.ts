import { describeStore } from "../testing/store-contract.ts";
import { createMemoryStore } from "./memory.ts";

describeStore("memory", async (options) => {
  const store = createMemoryStore(options);
  return { here: store, there: store };
});
