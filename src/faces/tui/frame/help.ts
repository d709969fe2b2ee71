import { type Command, groups } from "../app/command.ts";
import { keyLabel } from "../app/key-name.ts";
import type { Screenful } from "../app/view.ts";
import { bold, fitLine, gap, type Line, span, spread } from "../paint/line.ts";
import { shown } from "../text/shown.ts";
import { fit } from "../text/width.ts";

/** The list of keys over the whole body, narrowed by what is typed; in columns where there is room. */
export function helpLines({ ui, columns, layout }: Screenful, commands: readonly Command[]): readonly Line[] {
  if (ui.mode.kind !== "help") return [];
  const { field, top } = ui.mode;
  const wanted = field.text.trim().toLowerCase();
  const found = commands.filter(({ title, keys }) =>
    `${title} ${keys.map(keyLabel).join(" ")}`.toLowerCase().includes(wanted),
  );
  const perRow = columns >= 130 ? 2 : 1;
  const width = Math.floor(columns / perRow);
  const sections = groups.map((group) =>
    sectionOf(
      group,
      found.filter((command) => command.group === group),
      width,
    ),
  );
  const rows = perRow === 2 ? besides(sections, width) : sections.flat();
  const head = spread(
    [
      gap(1),
      bold("Keys"),
      gap(2),
      field.text === "" ? span("type to look for one", "faint") : span(shown(field.text), "accent"),
    ],
    [span("Esc closes ", "faint")],
    columns,
  );
  const height = layout.body + layout.composer - 1;
  const from = Math.min(top, Math.max(0, rows.length - height));
  return [head, ...Array.from({ length: height }, (_, row) => fitLine(rows[from + row] ?? [], columns))];
}

function sectionOf(group: string, commands: readonly Command[], width: number): readonly Line[] {
  if (commands.length === 0) return [];
  const rows = commands.map((command): Line => {
    const keys = command.keys.map(keyLabel).join(" ");
    return fitLine([gap(3), bold(fit(keys, 14), "accent"), span(command.title)], width);
  });
  return [[], [gap(1), span(group, "faint")], ...rows];
}

/** In two columns of about the same height. */
function besides(sections: readonly (readonly Line[])[], width: number): readonly Line[] {
  const all = sections.reduce((sum, lines) => sum + lines.length, 0);
  const left: Line[] = [];
  const right: Line[] = [];
  for (const section of sections) (left.length < all / 2 ? left : right).push(...section);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row): Line => [
    ...fitLine(left[row] ?? [], width),
    ...fitLine(right[row] ?? [], width),
  ]);
}
