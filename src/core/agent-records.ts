/** What a store keeps of the agents that were ever there, so that a bridge which starts again knows them. */
export interface AgentRecords {
  list(): Promise<readonly AgentRecord[]>;
  /** Writes the records over those of the same names. Beyond `maxAgents`, those not seen for longest are forgotten. */
  note(records: readonly AgentRecord[]): Promise<void>;
  forget(names: readonly string[]): Promise<void>;
}

export interface AgentRecord {
  readonly name: string;
  /** The principal's id that it last came as. */
  readonly principal: string;
  /** Milliseconds since the Unix epoch. */
  readonly seenAt: number;
  /** JSON. */
  readonly body: string;
}
