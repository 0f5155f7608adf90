/**
 * What a report says, before it is written as HTML or as Markdown.
 *
 * @module
 */
import type { Sheet } from "../figures/sheet.ts";

/** A piece of a line. Links are relative to `results/`. */
export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly link: string; readonly text: string };

/** A line of text. */
export type Text = string | readonly Inline[];

/** A table with a caption; columns from the first to before the second of `numbers` hold numbers, others words. */
export interface Table {
  readonly kind: "table";
  readonly caption: string;
  readonly numbers: readonly [number, number];
  readonly header: readonly string[];
  readonly rows: readonly (readonly Text[])[];
}

/** Panels that share a legend. */
export interface Figure extends Sheet {
  readonly kind: "figure";
  readonly caption: Text;
  /** The file that holds all panels, relative to `results/`. */
  readonly file: string;
}

/** Something that readers open when they want it. */
export interface Details {
  readonly kind: "details";
  readonly summary: string;
  readonly blocks: readonly Block[];
}

/** A part of a section. */
export type Block =
  | { readonly kind: "paragraph"; readonly text: Text }
  | { readonly kind: "list"; readonly items: readonly Text[] }
  | { readonly kind: "code"; readonly text: string }
  | Table
  | Figure
  | Details;

/** A section of the report. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A whole report. */
export interface Report {
  readonly title: string;
  readonly lead: Text;
  readonly sections: readonly Section[];
}

/** A paragraph of pieces. */
export const paragraph = (...text: Inline[]): Block => ({ kind: "paragraph", text });

/** The pieces of a text. */
export const inlines = (text: Text): readonly Inline[] => typeof text === "string" ? [text] : text;

/** All figures of a report, those inside details included. */
export const figuresOf = ({ sections }: Report): Figure[] =>
  sections.flatMap(({ blocks }) => figuresIn(blocks));

const figuresIn = (blocks: readonly Block[]): Figure[] =>
  blocks.flatMap((block) =>
    block.kind === "figure" ? [block] : block.kind === "details" ? figuresIn(block.blocks) : []
  );
