import type { ReactNode } from "react";
import { Router } from "wouter";
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
