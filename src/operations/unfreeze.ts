import { z } from "zod";
import { defineOperation } from "../core/operation.ts";
import { freezeRow, freezeTarget, targetOf, toFreezeRow } from "./freezes.ts";

export const unfreeze = defineOperation({
  name: "unfreeze",
  title: "Unfreeze a channel or sender",
  summary: "Takes messages again where they were frozen.",
  permission: "admin",
  effect: "advances",
  input: z.object(freezeTarget),
  output: freezeRow,

  run: async (target, { access, source }) => toFreezeRow(await access.freezes.unfreeze(targetOf(target), source)),
});
