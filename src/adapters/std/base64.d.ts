/** Types of the part of `@std/encoding/base64` that this project uses. */
export declare function encodeBase64(source: string | Uint8Array | ArrayBuffer): string;
export declare function decodeBase64(source: string): Uint8Array;
