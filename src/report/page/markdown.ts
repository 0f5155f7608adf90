/**
 * A report as Markdown.
 *
 * @module
 */
import { markdownLines } from "../text_table.ts";
import {
  type Block,
  type Inline,
  inlines,
  type Report,
  type Section,
  type Table,
  type Text,
} from "./blocks.ts";

/** The report as a Markdown page; `root` leads from the page's folder to `results/`. */
export const reportMarkdown = ({ title, lead, sections }: Report, root: string): string =>
  [`# ${title}`, written(lead, root), ...sections.map((s) => sectionMarkdown(s, root))]
    .join("\n\n") + "\n";

const sectionMarkdown = ({ title, blocks }: Section, root: string): string =>
  [`## ${title}`, ...blocks.map((block) => blockMarkdown(block, root))].join("\n\n");

/** One block as Markdown. */
export function blockMarkdown(block: Block, root: string): string {
  switch (block.kind) {
    case "paragraph":
      return written(block.text, root);
    case "list":
      return block.items.map((item) => `- ${written(item, root)}`).join("\n");
    case "code":
      return `\`\`\`sh\n${block.text}\n\`\`\``;
    case "table":
      return `${block.caption}\n\n${tableMarkdown(block, root)}`;
    case "figure":
      return `![${block.title}](${root}${block.file})\n\n${written(block.caption, root)}`;
    case "details": {
      const body = block.blocks.map((inner) => blockMarkdown(inner, root)).join("\n\n");
      return `<details>\n<summary>${block.summary}</summary>\n\n${body}\n\n</details>`;
    }
  }
}

/** A table as Markdown, without its caption. */
export function tableMarkdown(
  { numbers: [from, to], header, rows }: Omit<Table, "kind" | "caption">,
  root: string,
): string {
  const lines = rows.map((row) => row.map((cell) => written(cell, root)));
  return markdownLines([header, ...lines], (column) => column >= from && column < to);
}

const written = (text: Text, root: string): string =>
  inlines(text).map((piece) => inline(piece, root)).join("");

function inline(piece: Inline, root: string): string {
  if (typeof piece === "string") return piece.replaceAll("|", "\\|").replaceAll("<", "&lt;");
  if ("code" in piece) return `\`${piece.code}\``;
  if ("strong" in piece) return `**${piece.strong}**`;
  return `[${piece.text}](${root}${piece.link})`;
}
