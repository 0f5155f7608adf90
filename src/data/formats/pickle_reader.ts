/**
 * The arguments of pickle opcodes.
 *
 * @module
 */
import { decodeUtf8 } from "../../provenance/strict_json.ts";

/** A cursor over bytes; every read is checked against the end. */
export class PickleReader {
  #at = 0;
  readonly #view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get position(): number {
    return this.#at;
  }

  /** Moves past `size` bytes and returns where they begin. */
  skip(size: number): number {
    const left = this.bytes.length - this.#at;
    if (size > left) throw new Error(`needs ${size} bytes, ${left} are left`);
    this.#at += size;
    return this.#at - size;
  }

  byte = (): number => this.bytes[this.skip(1)];
  uint16 = (): number => this.#view.getUint16(this.skip(2), true);
  int32 = (): number => this.#view.getInt32(this.skip(4), true);
  uint32 = (): number => this.#view.getUint32(this.skip(4), true);
  float64 = (): number => this.#view.getFloat64(this.skip(8), false);

  /** Text of `size` bytes. */
  text(size: number): string {
    const at = this.skip(size);
    return decodeUtf8(this.bytes.subarray(at, at + size), "text");
  }

  /** Text up to the next line feed. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw new Error("a line has no end");
    const text = this.text(end - this.#at);
    this.#at++;
    return text;
  }

  /** An integer of `size` little-endian bytes in two's complement, exact. */
  long(size: number): number | bigint {
    const at = this.skip(size);
    let value = 0n;
    for (let i = size - 1; i >= 0; i--) value = value << 8n | BigInt(this.bytes[at + i]);
    value = BigInt.asIntN(8 * size, value);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  /** The version that a pickle declares. */
  protocol(): void {
    const version = this.byte();
    if (version < 2 || version > 5) throw new Error(`protocol ${version} is not supported`);
  }
}
