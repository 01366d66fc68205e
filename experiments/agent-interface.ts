import { baselineFamily, tune } from '../agents/index.ts';
import { type Network, OBSERVATION_PARTS, type ObservationPart, Simulator, UserError } from '../env/index.ts';
import { actionOptions, type LoadedScenario } from '../scenarios/index.ts';
import type { AgentInterface } from './agent-policy.ts';

/** As for other policies that training only starts from: need not be the very best of the family. */
const TUNING_STEPS = 500_000;

/**
 * What an agent sees and chooses from, with what its scenario leaves open decided: levels that actions lie around are those of a tuned base stock, but where they
 * follow the forecast. To be kept with the run, so
 * that nothing is decided anew.
 */
export function settledInterface({ scenario, agentInterface }: LoadedScenario, seed: number): AgentInterface {
  const { actions } = agentInterface;
  if (actions.kind !== 'position' || actions.around !== undefined || actions.of === 'forecast' || scenario.laneNames !== undefined)
    return agentInterface;
  const { network } = new Simulator({ scenario, lanes: 1 });
  const fitting = (actions.echelon ? ['echelon-base-stock'] : ['base-stock', 'shared-base-stock']).find(
    (name) => baselineFamily(name).whyNot(network) === undefined,
  );
  if (fitting === undefined) return agentInterface;
  const { parameters } = tune({ scenario, family: fitting, seed, laneSteps: TUNING_STEPS, exactStates: 0 });
  return { ...agentInterface, actions: { ...actions, around: network.arcs.map(({ to }) => levelOf(parameters, network, to)) } };
}

function levelOf(parameters: Readonly<Record<string, unknown>>, { nodes }: Network, node: number): number {
  return Number(parameters[`S.${nodes[node].id}`] ?? parameters.S);
}

/**
 * What a run's agent saw and chose from, read back from its record.
 * @throws UserError where it is damaged
 */
export function recordedInterface({ actions, observation }: Readonly<Record<string, unknown>>, run: string): AgentInterface {
  const known = actionOptions.safeParse(actions);
  const parts = Array.isArray(observation) ? observation.filter((part): part is ObservationPart => OBSERVATION_PARTS.includes(part)) : [];
  if (!known.success || !Array.isArray(observation) || parts.length < observation.length)
    throw new UserError(`run "${run}": run.json is damaged: agentInterface; restore the file`);
  return { actions: known.data, observation: parts };
}
