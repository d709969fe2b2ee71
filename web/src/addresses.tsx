import { type ReactNode } from "react";
import { Router, useLocation } from "wouter";
import { useBrowserLocation, useSearch } from "wouter/use-browser-location";

/**
 * Gives what is inside the page's address as it is. The router would decode it once, and the names in it, which are
 * anybody's text, are decoded where they are read: twice makes another name of one that has a percent sign.
 */
export function Addresses({ children }: { readonly children: ReactNode }) {
  return (
    <Router hook={useRawLocation} searchHook={useRawSearch}>
      {children}
    </Router>
  );
}

/** What the router decodes afterwards is then as it was. */
const guarded = (text: string) => text.replaceAll("%", "%25");

function useRawLocation(): ReturnType<typeof useBrowserLocation> {
  const [path, go] = useBrowserLocation();
  return [guarded(path), go];
}

const useRawSearch = () => guarded(useSearch());

/** The name in a part of an address; as it stands there where nobody can have encoded it so. */
export function nameIn(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Whether the screen of this address is shown, whatever is looked for or selected in it. */
export function useIsHere(href: string): boolean {
  const [path] = useLocation();
  return nameIn(path) === nameIn(href);
}
