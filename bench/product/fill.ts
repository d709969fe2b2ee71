import { join } from "node:path";
import type { Context } from "./context.ts";
import { startNode } from "./process.ts";

export interface Filled {
  readonly db: string;
  readonly channels: readonly string[];
  /** Ids in the first channel after which a whole page comes, spread over the whole of it. */
  readonly cursors: readonly string[];
}

/** A database with so many messages, written by the product's own store in another process. */
export async function fill({ product, folder }: Context, messages: number): Promise<Filled> {
  const db = join(folder, `history-${messages}.db`);
  await using child = startNode(folder, [
    join(import.meta.dirname, "..", "children", "fill.ts"),
    product,
    db,
    `${messages}`,
  ]);
  return { db, ...(JSON.parse(await child.line()) as Omit<Filled, "db">) };
}
