/** What helps with most errors of this code, for programs, to whom nobody can explain it. `command`: its words. */
export function generalFix(code: string, command: string): string | undefined {
  switch (code) {
    case "usage":
    case "invalid_input":
      return `claude-bridge ${command} --help`;
    case "unauthorized":
    case "forbidden":
      return "claude-bridge status says who you are there, and what you may do";
    case "unreachable":
    case "failure":
    case "internal":
      return "claude-bridge doctor";
    case "not_found":
      return "claude-bridge ls, ps and use list what there is";
    case "timeout":
      return "give it more time";
    case "store_busy":
    case "closing":
    case "limit_reached":
    case "streams_full":
      return "try again later";
    default:
      return undefined;
  }
}
