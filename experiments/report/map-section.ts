import type { Drawing } from './charts/drawing.ts';
import { mapChart } from './charts/map-chart.ts';
import type { Block, Section } from './document.ts';
import type { ScenarioFacts } from './facts.ts';
import type { Labels } from './labels.ts';

/** What the agents order as a function of two components of the state, beside the optimum where it is known. */
export function mapSections({ map }: ScenarioFacts, labels: Labels, drawing: Drawing, anchor: string): Section[] {
  if (map === null || map.maps.length === 0) return [];
  const { x, y, at, maps, link } = map;
  const names = maps.map(({ policy }) => labels.of(policy));
  const last = maps[maps.length - 1];
  const optimal = maps.length > 1 && !labels.isRun(last.policy);
  const cells = x.values.length * (y?.values.length ?? 1);
  const agreement = maps.slice(0, -1).map(({ orders }, k) => {
    const same = orders.flat().filter((order, cell) => order === last.orders.flat()[cell]).length;
    return `${names[k]} orders the same as ${optimal ? 'the optimum' : names[names.length - 1]} in ${same} of ${cells} cells`;
  });
  const held = Object.entries(at).map(([name, value]) => `${name} = ${value}`);
  const what = `Units ordered on ${link} by ${x.name}${y === null ? '' : ` and ${y.name}`}${held.length > 0 ? `, the others held at ${held.join(', ')}` : ''}.`;
  const blocks: Block[] = [
    {
      kind: 'text',
      text: `${what}${agreement.length > 0 ? ` ${agreement.join('; ')}. Framed cells differ from the last panel; how often a state is met is not shown, so a difference says nothing about its cost.` : ''}`,
    },
    {
      kind: 'chart',
      chart: mapChart(drawing, {
        name: `${anchor}-map-chart`,
        title: `Orders by state: ${names.join(', ')}`,
        description: `${what} ${agreement.join('; ')}`.trim(),
        map,
        labels: names,
      }),
    },
  ];
  return [{ id: `${anchor}-map`, title: 'What they order', blocks }];
}
