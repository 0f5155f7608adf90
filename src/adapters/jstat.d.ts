/** Types of the part of `jstat` that this project uses. */
interface Distribution {
  inv(p: number, ...parameters: number[]): number;
  cdf(x: number, ...parameters: number[]): number;
}
declare const jstat: { readonly studentt: Distribution; readonly normal: Distribution };
export default jstat;
