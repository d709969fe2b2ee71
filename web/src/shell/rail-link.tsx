import type { ReactNode } from "react";
import { Link } from "wouter";
import { usePathname } from "wouter/use-browser-location";
import { isSamePath } from "../routes.ts";

interface Props {
  readonly href: string;
  readonly count?: number;
  /** What is new there, in place of the count; 0 where nothing is, and on the screen itself. */
  readonly badge?: number;
  readonly badgeWords?: string;
  readonly title?: string;
  readonly children: ReactNode;
}

export function RailLink({ href, count, badge = 0, badgeWords, title, children }: Props) {
  const isHere = isSamePath(usePathname(), href);
  const isNew = badge > 0 && !(isHere && count !== undefined);
  return (
    <li>
      <Link href={href} className="rail-link" title={title} aria-current={isHere ? "page" : undefined}>
        <span className="rail-name">{children}</span>
        {isNew ? (
          <span className="rail-badge">
            {badge.toLocaleString("en-GB")}
            <span className="hidden-but-read"> {badgeWords}</span>
          </span>
        ) : undefined}
        {isNew || count === undefined ? undefined : <span className="rail-count">{count.toLocaleString("en-GB")}</span>}
      </Link>
    </li>
  );
}
