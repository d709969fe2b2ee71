/** Puts the text on the clipboard; false where the browser does not let it. Call it while an event of the user's runs. */
export async function copyText(text: string): Promise<boolean> {
  // Pages have a clipboard over https and on localhost only.
  if (window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed: the older way asks nobody.
    }
  }
  return copySelection(text);
}

function copySelection(text: string): boolean {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "hidden-but-read";
  // Within an open dialog, which would take the focus back.
  (before?.closest("dialog") ?? document.body).append(area);
  area.select();
  // The one way that pages have without https.
  const isDone = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return isDone;
}
