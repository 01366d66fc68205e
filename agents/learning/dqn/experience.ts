import type { Lookahead, VectorStep } from '../../../env/index.ts';
import type { RewardScale } from '../reward-scale.ts';
import type { Experience } from './replay.ts';

/** Turns a step into experience with one outcome per lane: after a time limit it goes on from the last observation, not from the new start. */
export function realisedExperience(
  { observations, actions }: Pick<Experience, 'observations' | 'actions'>,
  step: VectorStep,
  rewardScale: RewardScale,
): Experience {
  const lanes = actions.length;
  const features = observations.length / lanes;
  const following = step.observations.slice();
  for (let lane = 0; lane < lanes; lane++) {
    if (step.truncated[lane] === 0) continue;
    for (let f = lane * features; f < (lane + 1) * features; f++) following[f] = step.finalObservations[f];
  }
  const rewards = Float64Array.from(step.lessons ?? step.rewards, (reward, lane) => rewardScale.perLane(reward, lane));
  return { observations, actions, rewards, following, terminated: step.terminated, ended: endings(step) };
}

/** The same from the demands tried, one outcome each. */
export function expectedExperience(
  { observations, actions }: Pick<Experience, 'observations' | 'actions'>,
  step: VectorStep,
  tried: Lookahead,
  rewardScale: RewardScale,
): Experience {
  const { draws } = tried;
  const lessons = tried.lessons ?? tried.rewards;
  const rewards = Float64Array.from(actions, (_, lane) => {
    let sum = 0;
    for (let j = lane * draws; j < (lane + 1) * draws; j++) sum += rewardScale.perLane(lessons[j], lane);
    return sum / draws;
  });
  return { observations, actions, rewards, following: tried.observations, terminated: tried.terminated, ended: endings(step) };
}

function endings({ terminated, truncated }: VectorStep): Uint8Array {
  return terminated.map((ended, lane) => ended | truncated[lane]);
}
