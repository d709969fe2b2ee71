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
