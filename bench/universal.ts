import { parseArgs } from 'node:util';
import { shippedUniversalNetwork } from '../agents/index.ts';
import { cells } from './universal/cells.ts';
import { more, speed } from './universal/decisions.ts';
import { estimates } from './universal/estimates.ts';
import { SEED } from './universal/family-items.ts';
import { items } from './universal/items.ts';

// The network that ships, measured: npm run -s bench -- universal [--only cells,items,speed,more,estimates] [--items 200] [--lanes 1024] [--periods 10000] [--cores 1] [--keep FILE]
const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '200' },
    lanes: { type: 'string', default: '1024' },
    periods: { type: 'string', default: '10000' },
    cores: { type: 'string', default: '1' },
    keep: { type: 'string' },
    only: { type: 'string', default: 'cells,items,speed,more,estimates' },
  },
});
const size = { lanes: Number(values.lanes), periods: Number(values.periods) };
const parts = values.only.split(',');
const { origin, bounds } = shippedUniversalNetwork().parts;
const asked = async <T>(part: string, measure: () => Promise<T>): Promise<T | undefined> => (parts.includes(part) ? measure() : undefined);
const many = { family: 'lost-sales', count: Number(values.items), cores: Number(values.cores), keep: values.keep };

const result = {
  benchmark: 'universal',
  origin,
  bounds,
  ...size,
  seed: SEED,
  speed: await asked('speed', speed),
  more: await asked('more', more),
  cells: await asked('cells', () => cells(size)),
  items: await asked('items', () => items({ ...many, ...size })),
  estimates: await asked('estimates', () => estimates({ items: Number(values.items) })),
};
console.log(JSON.stringify(result));
