import type { FeatureGroup } from './feature-group.ts';

/** The text of each item as it stands: z beside x. */
export function textFeatures(vectors: readonly Float32Array[]): FeatureGroup {
  const names = Array.from({ length: vectors[0]?.length ?? 0 }, (_, k) => `text ${k + 1}`);
  return {
    names,
    write(item, _origin, _ahead, out, at) {
      out.set(vectors[item], at);
    },
  };
}
