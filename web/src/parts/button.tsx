import type { ComponentProps } from "react";
import "./button.css";

interface Props extends ComponentProps<"button"> {
  /** `plain` has a border, `quiet` has none, and one on a screen is `primary`. */
  readonly kind?: "plain" | "primary" | "quiet" | "danger";
}

export function Button({ kind = "plain", className = "", type = "button", ...rest }: Props) {
  return <button type={type} className={`button button-${kind} ${className}`} {...rest} />;
}

/** A key, as it is shown beside what it does. */
export function Key({ children }: { readonly children: string }) {
  return <kbd className="key">{children}</kbd>;
}
