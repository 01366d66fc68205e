import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agentsPage } from './agents-page.ts';

// Pages under docs/ that are made from the sources; a test holds them to be current.
writeFileSync(join(fileURLToPath(new URL('..', import.meta.url)), 'docs', 'agents.md'), agentsPage());
