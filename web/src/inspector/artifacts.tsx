import { visible } from "../../../src/core/visible.ts";

/** What a message refers to, as text: nothing is fetched or opened from here. */
export function Artifacts({ artifacts }: { readonly artifacts: readonly unknown[] }) {
  if (artifacts.length === 0) return undefined;
  return (
    <section className="artifacts" aria-label="Artifacts">
      <h3>Artifacts</h3>
      <ul>
        {artifacts.map((artifact, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- two of a message may be the same
          <li key={at}>
            {wordsOf(artifact).map(([name, value]) => (
              <p key={name}>
                <span className="inspector-aside">{name}</span> <bdi>{visible(value, { keepsLines: false })}</bdi>
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

const known = ["name", "uri", "media_type", "size_bytes", "sha256"] as const;

function wordsOf(artifact: unknown): readonly (readonly [string, string])[] {
  if (typeof artifact !== "object" || artifact === null) return [];
  const fields = new Map<string, unknown>(Object.entries(artifact));
  return known.flatMap((name) => {
    const value = fields.get(name);
    return typeof value === "string" || typeof value === "number"
      ? [[name.replaceAll("_", " "), String(value)] as const]
      : [];
  });
}
