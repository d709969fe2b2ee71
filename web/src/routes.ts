/** The addresses of screens. Names are anybody's text: each is one part of a path, whatever is in it. */
export const paths = {
  needs: "/",
  all: "/all",
  machines: "/machines",
  connect: "/connect",
  health: "/health",
  settings: "/settings",
  channel: (name: string) => `/c/${encodeURIComponent(name)}`,
  thread: (thread: string) => `/t/${encodeURIComponent(thread)}`,
  message: (id: string) => `/m/${encodeURIComponent(id)}`,
} as const;

/**
 * The name that a path has in its second part. It is decoded here and nowhere else: twice, a name with a percent sign
 * would become another.
 */
export function nameIn(pathname: string): string {
  const part = pathname.split("/")[2] ?? "";
  try {
    return decodeURIComponent(part);
  } catch {
    // Typed by hand.
    return part;
  }
}

/** Whether two paths lead to the same screen: a browser leaves some characters as they were typed. */
export const isSamePath = (one: string, other: string): boolean =>
  one === other || (one.split("/")[1] === other.split("/")[1] && nameIn(one) === nameIn(other));
