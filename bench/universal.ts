import { parseArgs } from 'node:util';
import { catalogues } from './universal/catalogues.ts';
import { cells } from './universal/cells.ts';
import { more, speed } from './universal/decisions.ts';
import { estimates } from './universal/estimates.ts';
import { SEED } from './universal/family-items.ts';
import { items } from './universal/items.ts';
import { measuredNetwork } from './universal/measured-network.ts';
import { writeTable } from './universal/table.ts';

// The networks that ship, measured, or that of a run: npm run -s bench -- universal [--family lost-sales] [--run ID] [--only cells,items,speed,more,estimates,catalogues]
// [--items 200] [--lanes 1024] [--periods 10000] [--states 150000] [--cores 1] [--keep FOLDER] [--scenario retail --scenario retail-events] [--set KEY=VALUE] [--against s-S] [--trainings 5]
// [--write]: into the table beside the network. Catalogues' texts are compared by the sentence model where REPLENISH_MODELS says where it is.
const SCENARIOS = ['retail', 'retail-events'];
const { values } = parseArgs({
  options: {
    family: { type: 'string', default: 'lost-sales' },
    run: { type: 'string' },
    items: { type: 'string', default: '200' },
    lanes: { type: 'string', default: '1024' },
    periods: { type: 'string', default: '10000' },
    states: { type: 'string', default: '150000' },
    cores: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    keep: { type: 'string', default: '.cache/bench/universal' },
    scenario: { type: 'string', multiple: true, default: SCENARIOS },
    set: { type: 'string', multiple: true, default: [] },
    against: { type: 'string', multiple: true },
    trainings: { type: 'string', default: '5' },
    only: { type: 'string', default: 'cells,items,speed,more,estimates' },
  },
});
const size = { lanes: Number(values.lanes), periods: Number(values.periods) };
const parts = values.only.split(',');
const { family, run, keep, scenario: scenarios, set, against } = values;
if (set.length > 0 && !parts.includes('catalogues'))
  throw new Error('--set: only catalogues are changed by it; expected --only catalogues');
const network = await measuredNetwork({ family, run });
const many = { family, run, count: Number(values.items), cores: Number(values.cores), maxStates: Number(values.states), keep };

const command = `npm run -s bench -- universal ${process.argv.slice(2).join(' ')}`;
const { origin, bounds } = network.parts;

/** Measures a part that is asked for; of a network that ships, it can be kept beside it under a name. */
async function asked<T extends object>(part: string, measure: () => Promise<T>, name = part): Promise<T | undefined> {
  if (!parts.includes(part)) return undefined;
  const result = await measure();
  if (values.write && run === undefined) writeTable({ family, origin, part: name, command, result: { seed: SEED, ...result } });
  return result;
}

const measured = { network, ...size };
const result = {
  benchmark: 'universal',
  family,
  origin,
  bounds,
  ...size,
  seed: SEED,
  speed: await asked('speed', () => speed({ family, network })),
  more: await asked('more', () => more({ family, network })),
  cells: await asked('cells', () => cells(measured)),
  items: await asked('items', () => items({ ...many, ...size })),
  catalogues: await asked(
    'catalogues',
    () => catalogues({ run, ...size, scenarios, set, against, trainings: Number(values.trainings) }),
    ['catalogues', ...(scenarios.join() === SCENARIOS.join() ? [] : scenarios), ...set].join(' '),
  ),
  estimates: await asked('estimates', () => estimates({ network, items: Number(values.items) })),
};
console.log(JSON.stringify(result));
