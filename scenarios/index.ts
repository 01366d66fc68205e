export { type Catalogue, dataFolder, type ForecastRecord } from './catalogue.ts';
export { checkScenarioFile, type DocumentError, listScenarios, readScenarioDocument, type ScenarioSummary } from './document.ts';
export { type Family, type FamilyItem, familyNames, openFamily } from './family.ts';
export { type JsonSchema, scenarioJsonSchema } from './json-schema.ts';
export { type LoadedScenario, type LoadOptions, loadScenario } from './load.ts';
export { type Answer, type Answers, newScenario, QUESTIONS, type Question, readAnswer } from './new-scenario.ts';
export { fieldAt } from './overrides.ts';
export { actionOptions, type ScenarioDocument } from './schema.ts';
export { standInScenario } from './stand-in.ts';
