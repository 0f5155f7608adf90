/** Types of the part of `@std/encoding/hex` that this project uses. */
export declare function encodeHex(source: string | Uint8Array | ArrayBuffer): string;
export declare function decodeHex(source: string): Uint8Array;
