import { encode } from "uqr";
import "./qr-code.css";

/** Modules of quiet around the code: scanners find it by them. */
const border = 3;

/** Dark on light in both themes: many scanners know nothing else. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, data } = encode(text, { ecc: "L", border });
  return (
    <figure className="qr-code">
      <svg viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" aria-hidden="true">
        <rect className="qr-code-light" width={size} height={size} />
        <path className="qr-code-dark" d={data.map(rowPath).join("")} />
      </svg>
      <figcaption className="hidden-but-read">{label}</figcaption>
    </figure>
  );
}

/** Each run of dark modules is one piece, as pieces beside each other show seams. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = "";
  for (let x = 0; x < row.length; x += 1) {
    if (row[x] !== true) continue;
    const from = x;
    while (row[x + 1] === true) x += 1;
    path += `M${from} ${y}h${x + 1 - from}v1h${from - x - 1}z`;
  }
  return path;
}
