/** Some numbers about one forecast: of an item, made at an origin. None looks at sales or prices from the origin on. */
export interface FeatureGroup {
  readonly names: readonly string[];
  /** How much coefficients are pulled towards 0 beside those of other groups: little where it is known that they matter. Default: 1. */
  readonly pull?: number;
  /** Writes as many numbers as there are names to out[at], out[at + 1], ... `ahead` 0 is the period of the origin itself. */
  write(item: number, origin: number, ahead: number, out: Float64Array, at: number): void;
}
