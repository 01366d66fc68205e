import { coverPart } from './observe-cover.ts';
import { flowPart } from './observe-flow.ts';
import { lotPart } from './observe-lots.ts';
import { outlookPart } from './observe-outlook.ts';
import { stateParts } from './observe-state.ts';
import type { Box } from './spaces.ts';
import { UserError } from './user-error.ts';
import type { StateView } from './view.ts';

/** Writes the observations of all lanes. */
export interface ObservationEncoder {
  readonly space: Box;
  /** Writes [lane][feature]. */
  encode(view: StateView, out: Float32Array): void;
}

/** Some features of an observation, each written for all lanes. */
export interface Features {
  readonly names: readonly string[];
  /** Writes feature k of lane i at out[i * stride + at + k]. */
  write(view: StateView, out: Float32Array, at: number, stride: number): void;
}

/** Makes the features that a part of an observation has for one node. */
export type PartMaker = (view: StateView, node: number) => Features;

/** What an observation can hold; what each part means stands beside its maker. */
export const OBSERVATION_PARTS = [
  'onHand',
  'backlog',
  'pipeline',
  'openOrders',
  'lastDemand',
  'forecast',
  'costs',
  'cover',
  'flow',
  'outlook',
  'lot',
  'ageing',
  'available',
  'room',
  'indices',
  'returns',
  'calendar',
] as const;
export type ObservationPart = (typeof OBSERVATION_PARTS)[number];

const MAKERS: Readonly<Record<ObservationPart, PartMaker>> = {
  ...stateParts,
  cover: coverPart,
  flow: flowPart,
  lot: lotPart,
  outlook: outlookPart,
};

/** Puts the parts together, in the order given, node by node. */
export function createObservationEncoder(view: StateView, parts: readonly ObservationPart[]): ObservationEncoder {
  if (parts.length === 0) throw new UserError(`observation: no parts; name some of ${OBSERVATION_PARTS.join(', ')}`);
  const made = parts.flatMap((part) => view.network.nodes.map((_, n) => MAKERS[part](view, n))).filter(({ names }) => names.length > 0);
  const names = made.flatMap((part) => part.names);
  return {
    space: {
      kind: 'box',
      names,
      low: new Float64Array(names.length).fill(Number.NEGATIVE_INFINITY),
      high: new Float64Array(names.length).fill(Number.POSITIVE_INFINITY),
    },
    encode(now, out) {
      let at = 0;
      for (let k = 0; k < made.length; k++) {
        made[k].write(now, out, at, names.length);
        at += made[k].names.length;
      }
    },
  };
}
