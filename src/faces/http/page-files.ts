import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** A file of the dashboard, as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  /** Undefined for what gets no smaller. */
  readonly zipped: Uint8Array<ArrayBuffer> | undefined;
  /** Its name has a digest of its content in it. */
  readonly isForGood: boolean;
}

/** What the build makes; a file of another kind is not sent. */
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/**
 * The files of the built dashboard, read when they are first asked for and kept: there are a dozen. Only what is in the
 * folder can be asked for, so that no name leads out of it.
 */
export function createPageFiles(folder: string): { of(name: string): PageFile | undefined } {
  let names: ReadonlySet<string> | undefined;
  const read = new Map<string, PageFile>();
  return {
    of(name) {
      if (!(names ??= namesIn(folder)).has(name)) return undefined;
      const file = read.get(name) ?? fileAt(folder, name);
      if (file !== undefined) read.set(name, file);
      return file;
    },
  };
}

/** None where the dashboard was not built. */
function namesIn(folder: string): ReadonlySet<string> {
  try {
    const all = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return new Set(all.map((name) => name.replaceAll("\\", "/")));
  } catch {
    return new Set();
  }
}

function fileAt(folder: string, name: string): PageFile | undefined {
  const extension = extname(name);
  const type = types[extension];
  if (type === undefined) return undefined;
  const plain = new Uint8Array(readFileSync(join(folder, name)));
  const zipped = extension === ".woff2" ? undefined : new Uint8Array(gzipSync(plain));
  return { type, plain, zipped, isForGood: name.startsWith("assets/") };
}
