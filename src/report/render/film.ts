/**
 * Films as animated GIFs.
 *
 * @module
 */
import gifenc from "gifenc";
import type { Picture } from "./picture.ts";

/** Pictures from which the film's colours are taken. */
const PALETTE_PICTURES = 4;

/**
 * The bytes of a GIF that repeats for ever.
 *
 * @param frames at least one, all of one size
 * @param seconds between frames; GIF counts in hundredths
 */
export function animatedGif(frames: readonly Picture[], seconds: number): Uint8Array {
  const { width, height } = frames[0];
  const chosen = Array.from(
    { length: PALETTE_PICTURES },
    (_, i) => frames[Math.floor(i * (frames.length - 1) / (PALETTE_PICTURES - 1))].rgba,
  );
  const sample = new Uint8ClampedArray(PALETTE_PICTURES * chosen[0].length);
  chosen.forEach((rgba, i) => sample.set(rgba, i * rgba.length));
  const palette = gifenc.quantize(sample, 256), encoder = gifenc.GIFEncoder();
  frames.forEach(({ rgba }, i) =>
    encoder.writeFrame(gifenc.applyPalette(rgba, palette), width, height, {
      delay: 1000 * seconds,
      ...(i === 0 ? { palette } : {}),
    })
  );
  encoder.finish();
  return encoder.bytes();
}
