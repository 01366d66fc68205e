import type { ActionOptions, ObservationPart, Scenario } from '../env/index.ts';
import { type Catalogue, loadCatalogue } from './catalogue.ts';
import { readScenarioDocument, scenarioFolder } from './document.ts';
import type { ScenarioDocument } from './schema.ts';
import { toScenario } from './to-scenario.ts';

/** A scenario ready to run, with what goes with it. */
export interface LoadedScenario {
  /** What it was loaded by: a preset's id or a file. */
  readonly source: string;
  readonly document: ScenarioDocument;
  /** The settings that were laid over the document. */
  readonly settings: readonly string[];
  /** What is simulated. */
  readonly scenario: Scenario;
  /** What a learned agent sees and chooses from. */
  readonly agentInterface: { readonly actions: ActionOptions; readonly observation: readonly ObservationPart[] };
  /** Of a catalogue: its data, forecasts and the held-out periods as they happened. Null elsewhere. */
  readonly catalogue: (Catalogue & { readonly heldOut: Scenario }) | null;
}

export interface LoadOptions {
  /** `name=value` settings: knobs, or paths of fields. */
  readonly set?: readonly string[];
  /** Told of what goes on, and of what could not be had. */
  readonly onMessage?: (message: string) => void;
}

/**
 * Loads a preset by its id or a YAML file by its path. A catalogue is read, its texts are embedded and its forecaster is fitted.
 * @throws UserError naming the field, its value and what was expected
 */
export async function loadScenario(idOrFile: string, { set = [], onMessage }: LoadOptions = {}): Promise<LoadedScenario> {
  const document = await readScenarioDocument(idOrFile, set);
  const source = idOrFile;
  const agentInterface = {
    actions: document.environment?.actions ?? defaultActions(document),
    observation: document.environment?.observation ?? (['lot', 'cover'] as const),
  };
  if (!document.catalogue)
    return {
      source,
      document,
      settings: set,
      scenario: toScenario(document, undefined, scenarioFolder(idOrFile)),
      agentInterface,
      catalogue: null,
    };
  const catalogue = await loadCatalogue(document.catalogue, onMessage);
  const scenario = toScenario(document, { ...catalogue, process: catalogue.simulated });
  const heldOut: Scenario = {
    ...toScenario(document, { ...catalogue, process: catalogue.happened }),
    periods: document.catalogue.heldOut,
    warmUp: 0,
  };
  return { source, document, settings: set, scenario, agentInterface, catalogue: { ...catalogue, heldOut } };
}

function defaultActions({ links }: ScenarioDocument): ActionOptions {
  return links.some(({ fixedCost }) => fixedCost !== undefined && fixedCost !== 0) ? { kind: 'order-up-to' } : { kind: 'quantity' };
}
