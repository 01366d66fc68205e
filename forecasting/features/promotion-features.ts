import { concerns, type History, type Promotion } from '../history.ts';
import type { FeatureGroup } from './feature-group.ts';

/**
 * Promotions of the item, its category or everything in the period that is forecast, as far as they are known at the origin, and in the period before
 * the origin, so that its sales are not taken for the usual ones.
 */
export function promotionFeatures(history: History): FeatureGroup {
  const byItem = promotionsByItem(history);
  const found = { running: 0, depth: 0 };
  const look = (item: number, origin: number, period: number) => {
    found.running = 0;
    found.depth = 0;
    for (const { firstPeriod, lastPeriod, depth, knownAt } of byItem[item]) {
      if (knownAt > origin || period < firstPeriod || period > lastPeriod) continue;
      found.running++;
      found.depth = Math.max(found.depth, depth);
    }
    return found;
  };
  return {
    names: ['promotion', 'promotion depth', 'promotions', 'promotion before', 'promotion depth before'],
    write(item, origin, ahead, out, at) {
      const target = look(item, origin, origin + ahead);
      out[at] = target.running > 0 ? 1 : 0;
      out[at + 1] = target.depth;
      out[at + 2] = target.running;
      const before = look(item, origin, origin - 1);
      out[at + 3] = before.running > 0 ? 1 : 0;
      out[at + 4] = before.depth;
    },
  };
}

/**
 * Sum of the vectors of what the promotions say that run in the period that is forecast, as far as they are known at the origin: each says one thing, and of
 * many at once one vector would say none well.
 */
export function promotionTextFeatures(history: History, vectors: ReadonlyMap<string, Float32Array>): FeatureGroup {
  const byItem = promotionsByItem(history);
  const [first] = vectors.values();
  const width = first?.length ?? 0;
  return {
    names: Array.from({ length: width }, (_, k) => `promotion text ${k + 1}`),
    write(item, origin, ahead, out, at) {
      out.fill(0, at, at + width);
      for (const { text, firstPeriod, lastPeriod, knownAt } of byItem[item]) {
        const vector = vectors.get(text);
        if (vector === undefined || knownAt > origin || origin + ahead < firstPeriod || origin + ahead > lastPeriod) continue;
        for (let k = 0; k < width; k++) out[at + k] += vector[k];
      }
    },
  };
}

/** [item] its promotions. Looked up by item and category: catalogues have thousands of items, and of promotions. */
function promotionsByItem({ items, promotions }: History): Promotion[][] {
  const groups = new Map<string, Promotion[]>();
  for (const promotion of promotions) {
    const key = promotion.item === undefined ? `category ${promotion.category ?? ''}` : `item ${promotion.item}`;
    const group = groups.get(key);
    if (group) group.push(promotion);
    else groups.set(key, [promotion]);
  }
  return items.map((item) => {
    const keys = new Set([`item ${item.id}`, `category ${item.category}`, 'category ']);
    return [...keys].flatMap((key) => groups.get(key) ?? []).filter((promotion) => concerns(promotion, item));
  });
}
