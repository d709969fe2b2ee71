/** What became of a copy: only the browser knows, and some pages may not ask it. */
export type Copied = "copied" | "by hand";

/**
 * Puts text on the clipboard. Pages over plain http may not use the clipboard itself; the older way works there. `by hand`:
 * neither did, and whoever wants it must select it.
 */
export async function copy(text: string): Promise<Copied> {
  try {
    // Not there on plain http, whatever the types say.
    const clipboard: Clipboard | undefined = navigator.clipboard;
    if (clipboard !== undefined) {
      await clipboard.writeText(text);
      return "copied";
    }
  } catch {
    // Refused: the older way asks nobody.
  }
  return copyFromField(text) ? "copied" : "by hand";
}

function copyFromField(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "hidden-but-read";
  // Within a dialog, as focus is kept in there.
  (before?.closest("[role=dialog]") ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}
