import type { Picture } from "../../../src/view/wire/picture.ts";

/** What browsers have canvases for, at the least. */
const longestSide = 16_384;
const mostPixels = 64_000_000;
/** For screens with more than one dot to a pixel. */
const finest = 2;

/**
 * The picture as PNG, as fine as a canvas of its size can be.
 *
 * @throws Error when it is so long that nothing could be read in it.
 */
export async function pngOf({ svg, width, height }: Picture): Promise<Blob> {
  const scale = Math.min(finest, longestSide / Math.max(width, height), Math.sqrt(mostPixels / (width * height)));
  if (scale < 0.5) throw new Error("too long for a PNG: look for less, or save it as SVG");
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob === null ? reject(new Error("this browser cannot make a PNG")) : resolve(blob))),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
