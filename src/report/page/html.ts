/**
 * A report as one HTML page that needs no other file.
 *
 * @module
 */
import { escaped, panelSvg } from "../figures/panel.ts";
import { swatch } from "../figures/sheet.ts";
import figureCss from "../figures/style.css" with { type: "text" };
import {
  type Block,
  type Figure,
  type Inline,
  inlines,
  type Report,
  type Section,
  type Table,
  type Text,
} from "./blocks.ts";
import pageCss from "./style.css" with { type: "text" };

/** The page; `root` leads from its folder to `results/`. */
export const reportHtml = ({ title, lead, sections }: Report, root: string): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>
${pageCss}${figureCss}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p class="lead">${written(lead, root)}</p>
</header>
<nav aria-label="Contents">
<ol>
${sections.map(({ id, title }) => `<li><a href="#${id}">${escaped(title)}</a></li>`).join("\n")}
</ol>
</nav>
<main>
${sections.map((section) => sectionHtml(section, root)).join("\n")}
</main>
</body>
</html>
`;

function sectionHtml({ id, title, blocks }: Section, root: string): string {
  const body = blocks.map((block, i) => blockHtml(block, `${id}-${i}`, root)).join("\n");
  return `<section aria-labelledby="${id}">\n<h2 id="${id}">${
    escaped(title)
  }</h2>\n${body}\n</section>`;
}

/** `id` begins every id inside the block. */
function blockHtml(block: Block, id: string, root: string): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${written(block.text, root)}</p>`;
    case "list":
      return `<ul>\n${block.items.map((x) => `<li>${written(x, root)}</li>`).join("\n")}\n</ul>`;
    case "code":
      return `<pre><code>${escaped(block.text)}</code></pre>`;
    case "table":
      return tableHtml(block, root);
    case "figure":
      return figureHtml(block, id, root);
    case "details": {
      const body = block.blocks.map((b, i) => blockHtml(b, `${id}-${i}`, root)).join("\n");
      return `<details>\n<summary>${escaped(block.summary)}</summary>\n${body}\n</details>`;
    }
  }
}

/** A table that scrolls sideways by itself where it is wider than the screen. */
function tableHtml({ caption, numbers, header, rows }: Table, root: string): string {
  const head = header.map((cell, i) =>
    `<th scope="col"${kindOf(i, numbers)}>${escaped(cell)}</th>`
  );
  const body = rows.map((row) => {
    const cells = row.map((cell, i) => {
      const name = i === 0 ? "th" : "td", scope = i === 0 ? ' scope="row"' : "";
      return `<${name}${scope}${kindOf(i, numbers)}>${written(cell, root)}</${name}>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(caption)}">
<table>
<caption>${escaped(caption)}</caption>
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table>
</div>`;
}

const kindOf = (column: number, [from, to]: Table["numbers"]): string =>
  column >= from && column < to ? ' class="number"' : "";

function figureHtml({ caption, legend, panels }: Figure, id: string, root: string): string {
  const entries = legend.map((series) =>
    `<li><svg class="panel swatch" aria-hidden="true" viewBox="0 -5 28 10">${swatch(series)}</svg>${
      escaped(series.name)
    }</li>`
  );
  const list = entries.length === 0 ? "" : `<ul class="legend">${entries.join("")}</ul>\n`;
  return `<figure>
<figcaption>${written(caption, root)}</figcaption>
${list}<div class="panels">
${panels.map((panel, i) => panelSvg(panel, `${id}-${i}`)).join("\n")}
</div>
</figure>`;
}

const written = (text: Text, root: string): string =>
  inlines(text).map((piece) => inline(piece, root)).join("");

function inline(piece: Inline, root: string): string {
  if (typeof piece === "string") return escaped(piece);
  if ("code" in piece) return `<code>${escaped(piece.code)}</code>`;
  if ("strong" in piece) return `<strong>${escaped(piece.strong)}</strong>`;
  return `<a href="${escaped(root + piece.link)}">${escaped(piece.text)}</a>`;
}
