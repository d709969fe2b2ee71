/** What a principal has sent in the last minute, or nearly: it is counted in minutes of the clock. */
export interface Traffic {
  readonly principal: string;
  readonly messages: number;
  readonly bytes: number;
}
