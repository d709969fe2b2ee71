import type { Row } from "../report/row.ts";

/** What a group of rows is given. */
export interface Context {
  /** The folder of the built product. */
  readonly product: string;
  /** For databases; emptied when the run ends. */
  readonly folder: string;
  readonly isQuick: boolean;
  readonly rounds: number;
  /** `full` seconds; fewer when it has to be quick. */
  seconds(full: number): number;
  /** Where the relays leave their CPU profiles, if anywhere. */
  readonly profiles: string | undefined;
}

/** Rows that share what they need to be measured. Each row is given away as soon as it is known. */
export interface Group {
  readonly name: string;
  /** Only run where it is named: it takes longer than the full run may. */
  readonly isOnDemand?: boolean;
  run(context: Context): AsyncGenerator<Row, void, void>;
}
