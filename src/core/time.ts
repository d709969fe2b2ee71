/**
 * RFC 3339 in UTC, always with six digits of a second, so that stamps sort as text and those of imported
 * messages, which have microseconds, come back as they were.
 */
export function formatTime(ms: number): string {
  const micros = Math.round(ms * 1000);
  const wholeMs = Math.floor(micros / 1000);
  const rest = (micros - wholeMs * 1000).toString().padStart(3, "0");
  return `${new Date(wholeMs).toISOString().slice(0, -1)}${rest}Z`;
}

/** Days, then `hh:mm:ss`: "2d 03:04:05", "00:00:09". */
export function formatDuration(totalSeconds: number): string {
  const seconds = Math.floor(totalSeconds);
  const days = Math.floor(seconds / 86_400);
  const parts = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  const clock = parts.map((part) => part.toString().padStart(2, "0")).join(":");
  return days > 0 ? `${days}d ${clock}` : clock;
}

/** `12 s ago`, `3 min ago`, `2 h ago`, `5 d ago`. */
export function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 2) return "just now";
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} d ago`;
}
