import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scenarioJsonSchema } from '../scenarios/index.ts';
import { agentsPage } from './agents-page.ts';
import { scenarioFormatPage } from './scenario-format-page.ts';
import { scenariosPage } from './scenarios-page.ts';

// Pages and files that are made from the sources; tests hold them to be current.
const root = fileURLToPath(new URL('..', import.meta.url));
writeFileSync(join(root, 'docs', 'agents.md'), agentsPage());
writeFileSync(join(root, 'docs', 'scenario-format.md'), scenarioFormatPage());
writeFileSync(join(root, 'docs', 'scenarios.md'), await scenariosPage());
writeFileSync(join(root, 'scenarios', 'scenario.schema.json'), `${JSON.stringify(scenarioJsonSchema())}\n`);
