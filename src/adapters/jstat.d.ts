/** Types of the part of `jstat` that this project uses. */
interface Distribution {
  inv(p: number, ...parameters: number[]): number;
}
declare const jstat: {
  readonly studentt: Distribution;
  readonly normal: Distribution & { cdf(x: number, mean: number, sd: number): number };
  /** The regularised incomplete beta function I_x(a, b). */
  ibeta(x: number, a: number, b: number): number;
  readonly hypgeom: {
    /** The chance of `k` marked ones among `drawn` of `total`, of which `marked` are marked. */
    pdf(k: number, total: number, marked: number, drawn: number): number;
  };
};
export default jstat;
