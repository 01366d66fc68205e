import type { Comparison } from '../gap-left.ts';
import { cheapestFirst } from './costs-section.ts';
import { type Block, type Section, type Tile, textOf } from './document.ts';
import type { ScenarioFacts } from './facts.ts';
import { decimalsOf, figure, shareOf, signed, span, written } from './figures.ts';
import type { Labels } from './labels.ts';

/** What a reader with one minute is to know, and what the report could not say. */
export function summarySection(facts: ScenarioFacts, labels: Labels, anchor: string): Section {
  const { comparison, runs, omitted, settings } = facts;
  const unfinished = runs.filter(({ evaluation }) => evaluation === null).map(({ record }) => labels.ofRun(record.run));
  const notes = [
    ...unfinished.map((label) => `${label} was not measured at its end: its training was broken off, or is still going on.`),
    ...omitted.map((what) => `Left out. ${what}`),
  ];
  const blocks: Block[] = [
    ...(settings.length > 0 ? [{ kind: 'text' as const, text: `The scenario ${facts.scenario} with ${settings.join(', ')}.` }] : []),
    ...glance(facts, labels),
    ...(comparison === null ? [] : sentences(comparison, labels).map((text) => ({ kind: 'text' as const, text }))),
    ...notes.map((text) => ({ kind: 'note' as const, text })),
  ];
  return { id: `${anchor}-summary`, title: 'At a glance', blocks };
}

function glance({ comparison, runs }: ScenarioFacts, labels: Labels): Block[] {
  const own = runs.flatMap(({ evaluation }) => evaluation?.results ?? []);
  const [best] = cheapestFirst((comparison?.results ?? own).filter(({ policy }) => labels.isRun(policy)));
  if (best === undefined) return [];
  const decimals = decimalsOf(best.costPerPeriod);
  const tiles: Tile[] = [
    {
      label: runs.length > 1 ? `Cost per period of the cheapest run` : 'Cost per period',
      figure: figure(best.costPerPeriod, decimals),
      note: `${labels.of(best.policy)}; 95 % interval ${span(best.ci95, decimals)}`,
    },
  ];
  if (best.gapPercent !== undefined)
    tiles.push({
      label: 'Above the optimum',
      figure: signed(best.gapPercent, 2, ' %'),
      note: best.gapCi95 ? `95 % interval ${span(best.gapCi95, 2)} %` : undefined,
    });
  const versus = comparison === null ? null : cheapestOther(comparison, labels);
  if (versus !== null)
    tiles.push({
      label: 'Against the best baseline',
      figure: signed((100 * (best.costPerPeriod - versus.costPerPeriod)) / Math.abs(versus.costPerPeriod), 2, ' %'),
      note: `${versus.policy}, the cheapest classic policy`,
    });
  tiles.push({ label: 'Fill rate', figure: shareOf(best.fillRate), note: 'of demand served at once from stock' });
  return [{ kind: 'tiles', tiles }];
}

function cheapestOther({ results, optimum }: Comparison, labels: Labels) {
  const others = results.filter(({ policy }) => !labels.isRun(policy) && !(optimum !== null && policy === 'optimal'));
  return cheapestFirst(others).at(0) ?? null;
}

/** Who is the cheapest, and whether that is more than luck. */
function sentences(comparison: Comparison, labels: Labels): string[] {
  const { results, differences, optimum } = comparison;
  const other = cheapestOther(comparison, labels);
  const first = results.find(({ policy }) => labels.isRun(policy));
  if (other === null || first === undefined) return [];
  const between = differences.find(({ policy, reference }) => policy === other.policy && reference === first.policy);
  if (between === undefined) return [];
  const decimals = decimalsOf(first.costPerPeriod);
  const size = written(Math.abs(between.mean), decimals);
  const shown = between.ci95 === null || (between.ci95[0] <= 0 && between.ci95[1] >= 0);
  const verdict = shown
    ? `no difference in cost is shown between ${labels.of(first.policy)} and ${other.policy}, the cheapest of the classic policies`
    : `${labels.of(first.policy)} costs ${size} per period ${between.mean > 0 ? 'less' : 'more'} than ${other.policy}, the cheapest of the classic policies`;
  const interval = `the 95 % interval of ${other.policy} less the run is ${span(between.ci95, decimals)}`;
  const bound = optimum === null ? '' : ` Nothing can cost less than ${textOf(figure(optimum.costPerPeriod, decimals))}, the optimum.`;
  return [`On the same demand ${verdict} (${interval}).${bound}`];
}
