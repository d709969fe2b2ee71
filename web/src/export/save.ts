/** So long a browser has to begin with a download before its address is taken back. */
const keepMs = 60_000;

/** Has the browser keep a file that the page has made. */
export function save(name: string, type: string, parts: readonly BlobPart[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), keepMs);
}

/** A name for a file, of a text that anybody may have written: `payments-worker.svg`. */
export function fileName(title: string, ending: string): string {
  const plain = title
    .normalize("NFKD")
    .replaceAll(/[^\w.-]+/g, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "")
    .slice(0, 80);
  return `${plain || "messages"}.${ending}`;
}
