import { longestWaysIn } from './flow.ts';
import type { PartMaker } from './observation.ts';
import { faces, range } from './observe-state.ts';
import { TINY } from './squash.ts';

/** Part of the typical mean that is added, so that nothing at all is a number too. */
const LEAST = 0.1;

/**
 * Where forecasts point, at stock points with customers: the mean of each coming period, until what the outside source is asked for now can be there, as a
 * logarithm of its ratio to the typical one. What is announced is seen as early as the first stage can act on it.
 */
export const outlookPart: PartMaker = ({ network, lanes, typicalMean }, n) => {
  const steps = faces(network.nodes[n]) ? range(0, longestWaysIn(network)[n] + 1) : [];
  return {
    names: steps.map((ahead) => `outlook ${network.nodes[n].id} ${ahead}`),
    write(view, out, at, stride) {
      for (const ahead of steps) {
        const mean = view.forecastMean(n, ahead);
        for (let lane = 0, to = at + ahead; lane < lanes; lane++, to += stride) {
          const typical = typicalMean[n * lanes + lane] + TINY;
          out[to] = Math.log((mean[lane] + LEAST * typical) / ((1 + LEAST) * typical));
        }
      }
    },
  };
};
