import type { History } from '../history.ts';
import { ITEM_CLASSES, itemClass } from '../item-class.ts';
import type { FeatureGroup } from './feature-group.ts';

/** How the item sells, as known at the origin: one of these is 1. */
export function classFeatures(history: History): FeatureGroup {
  return {
    names: [...ITEM_CLASSES],
    write(item, origin, _, out, at) {
      out.fill(0, at, at + ITEM_CLASSES.length);
      out[at + ITEM_CLASSES.indexOf(itemClass(history, item, origin))] = 1;
    },
  };
}
