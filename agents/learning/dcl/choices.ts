import { type RandomStream, type Space, UserError } from '../../../env/index.ts';

/** [component] how many choices each has. @throws UserError for a box: this agent chooses among whole numbers. */
export function choiceCounts(space: Space): readonly number[] {
  if (space.kind === 'box') {
    throw new UserError(
      `The action space is a box (${space.names.join(', ')}); dcl tries whole numbers: use an environment with a discrete one.`,
    );
  }
  return space.kind === 'discrete' ? [space.count] : space.counts;
}

/** [component] the choice that a policy begins at, where choices are ordered and their actions too many to be listed: more than `most`; else null. */
export function orderedStarts(space: Space, most: number): readonly number[] | null {
  if (space.kind !== 'multi-discrete' || space.starts === undefined || listActions(space.counts, most) !== null) return null;
  return space.starts;
}

/** All actions of a space one after the other, [action][component], or null where there are more than `most`. */
export function listActions(counts: readonly number[], most: number): Int32Array | null {
  const total = counts.reduce((product, count) => product * count, 1);
  if (total > most) return null;
  const actions = new Int32Array(total * counts.length);
  for (let k = 0; k < total; k++) {
    let rest = k;
    for (let c = counts.length - 1; c >= 0; c--) {
      actions[k * counts.length + c] = rest % counts[c];
      rest = Math.floor(rest / counts[c]);
    }
  }
  return actions;
}

/**
 * The likeliest of the listed actions for one row of a network's outputs and of what is open (the components' choices side by side), the action `centre` in any case; in the order of
 * the list: neighbours stay neighbours. Writes them [candidate][component] at `to`.
 */
export function likeliest(
  { listed, counts, finalists, centre }: { listed: Int32Array; counts: readonly number[]; finalists: number; centre: Int32Array },
  { outputs, open, at }: { outputs: Float32Array; open: Uint8Array; at: number },
  into: Int32Array,
  to: number,
): void {
  const components = counts.length;
  const total = listed.length / components;
  const scores = Float64Array.from({ length: total }, (_, k) => {
    let score = 0;
    let first = at;
    for (let c = 0; c < components; c++) {
      const place = first + listed[k * components + c];
      score += open[place] === 0 ? Number.NEGATIVE_INFINITY : outputs[place];
      first += counts[c];
    }
    return score;
  });
  let place = 0;
  for (let c = 0; c < components; c++) place = place * counts[c] + centre[c];
  scores[place] = Number.POSITIVE_INFINITY;
  const best = Array.from(scores.keys())
    .sort((a, b) => (scores[a] === scores[b] ? a - b : scores[b] - scores[a]))
    .slice(0, finalists)
    .sort((a, b) => a - b);
  best.forEach((k, j) => {
    for (let c = 0; c < components; c++) into[to + j * components + c] = listed[k * components + c];
  });
}

/** Draws `candidates` actions around a centre [component], the centre first: a component or two moved, mostly by little. Writes [candidate][component] at `to`. */
export function drawAround(
  centre: Int32Array,
  { counts, candidates, random }: { counts: readonly number[]; candidates: number; random: RandomStream },
  into: Int32Array,
  to: number,
): void {
  const components = counts.length;
  for (let k = 0; k < candidates; k++) {
    const at = to + k * components;
    into.set(centre, at);
    if (k === 0) continue;
    const moves = random.next() < 0.5 ? 1 : 2;
    for (let move = 0; move < moves; move++) {
      const c = random.integer(components);
      into[at + c] = random.next() < 0.15 ? random.integer(counts[c]) : nearby(centre[c], counts[c], random);
    }
  }
}

/** Actions that move one component each: how many around a centre, the centre counted, when about `wanted` are asked for. */
export function movesPlanned(components: number, wanted: number): number {
  return 1 + 2 * components * Math.max(1, Math.floor((wanted - 1) / (2 * components)));
}

/**
 * The centre [component], then every component moved by itself, both ways by the same distance: by one, and by others drawn up to about a fifth of the range. Writes
 * [candidate][component] at `to`; a move out of the range stays at its end.
 */
export function moveEach(
  centre: Int32Array,
  { counts, candidates, random }: { counts: readonly number[]; candidates: number; random: RandomStream },
  into: Int32Array,
  to: number,
): void {
  const components = counts.length;
  const pairs = (candidates - 1) / (2 * components);
  for (let k = 0; k < candidates; k++) into.set(centre, to + k * components);
  let at = to + components;
  for (let c = 0; c < components; c++) {
    const reach = Math.max(1, Math.round(counts[c] / 5));
    for (let pair = 0; pair < pairs; pair++) {
      const distance = pair === 0 && pairs > 1 ? 1 : 1 + Math.floor(reach * random.next() ** 2);
      for (const by of [-distance, distance]) {
        into[at + c] = Math.min(Math.max(centre[c] + by, 0), counts[c] - 1);
        at += components;
      }
    }
  }
}

/** A choice one to about a fifth of the range away. */
function nearby(choice: number, count: number, random: RandomStream): number {
  const reach = Math.max(1, Math.round(count / 5));
  const step = 1 + Math.floor(reach * random.next() ** 2);
  const moved = choice + (random.next() < 0.5 ? -step : step);
  return moved < 0 || moved >= count ? Math.min(Math.max(2 * choice - moved, 0), count - 1) : moved;
}
