import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type SyntheticEvent,
  useLayoutEffect,
  useRef,
} from "react";
import "./modal.css";

interface Props {
  /** What it is, for those who do not see it. */
  readonly label: string;
  readonly className?: string;
  /** Without it, it cannot be closed. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
}

/**
 * In front of the page, which waits meanwhile. The browser keeps the focus inside, and gives it back to where it was.
 * Closes with Esc and by a press beside it.
 */
export function Modal({ label, className = "", onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);

  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    // The browser takes the first thing that can have the focus at all, also where nobody could do anything with it.
    current?.querySelector("input")?.focus();
    return () => current?.close();
  }, []);

  function onClick({ target, currentTarget }: MouseEvent) {
    if (target === currentTarget) onClose?.();
  }

  function onCancel(event: SyntheticEvent) {
    event.preventDefault();
    onClose?.();
  }

  // Pressed twice, Esc closes whatever the page says, but for this.
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape" || onClose !== undefined) return;
    event.preventDefault();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- Esc does it by keyboard
    <dialog
      ref={dialog}
      className={`modal ${className}`}
      aria-label={label}
      onCancel={onCancel}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div className="modal-inside">{children}</div>
    </dialog>
  );
}
