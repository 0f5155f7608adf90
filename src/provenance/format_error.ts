/**
 * The error of every reader of files.
 *
 * @module
 */

/**
 * A file that a reader refuses. The message names the file, the place in it (entry, data set, tensor or key) and
 * the reason: `Cannot read train.npz: states: dtype object is a Python pickle`.
 */
export class FormatError extends Error {
  override readonly name = "FormatError";

  constructor(readonly file: string, readonly place: string, readonly reason: string) {
    super(`Cannot read ${file}: ${place === "" ? "" : `${place}: `}${reason}`);
  }
}

/** Text from a file, quoted, shortened and free of control characters, so that it can stand in a message. */
export function quote(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 77)}...` : text;
  return JSON.stringify(short).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
