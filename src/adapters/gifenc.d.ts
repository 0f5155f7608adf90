/** Types of the part of `gifenc` that this project uses. */
type Colour = [red: number, green: number, blue: number];
interface Frame {
  /** Milliseconds until the next frame. */
  delay?: number;
  /** Of the first frame: the palette of all. */
  palette?: Colour[];
}
interface Encoder {
  writeFrame(index: Uint8Array, width: number, height: number, options: Frame): void;
  finish(): void;
  bytes(): Uint8Array<ArrayBuffer>;
}
declare const gifenc: {
  GIFEncoder(): Encoder;
  quantize(rgba: Uint8ClampedArray, colours: number): Colour[];
  applyPalette(rgba: Uint8ClampedArray, palette: Colour[]): Uint8Array;
};
export default gifenc;
