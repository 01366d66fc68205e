import type { Discrete, RandomStream, Space } from '../../../env/index.ts';
import { UserError } from '../../../env/index.ts';

/** The one component that DQN can choose. @throws UserError for other spaces. */
export function discreteSpace(space: Space): Discrete {
  if (space.kind === 'discrete') return space;
  throw new UserError(`The action space is "${space.kind}" (${space.names.join(', ')}); dqn chooses one whole number: use ppo here.`);
}

/** A random action: even over the space, or, where it says where to start, normal around there, so that wandering about does not order more than is needed. */
export function explore({ count, start }: Discrete, random: RandomStream): number {
  if (start === undefined) return random.integer(count);
  const drawn = Math.round(start + ((count - 1) / 4) * random.normal());
  return drawn >= 0 && drawn < count ? drawn : random.integer(count);
}
