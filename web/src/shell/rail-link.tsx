import { memo } from "react";
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
  /** Anybody's text, made visible. */
  readonly name: string;
}

export const RailLink = memo(function RailLink({ href, count, badge = 0, badgeWords, title, name }: Props) {
  const isHere = isSamePath(usePathname(), href);
  const isNew = badge > 0 && !(isHere && count !== undefined);
  return (
    <li>
      <Link href={href} className="rail-link" title={title} aria-current={isHere ? "page" : undefined}>
        <bdi className="rail-name">{name}</bdi>
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
});
