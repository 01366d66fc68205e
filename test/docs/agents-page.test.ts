import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agentKnobs, agentNames } from '../../experiments/index.ts';
import { agentsPage } from '../../scripts/agents-page.ts';

test('docs/agents.md is what the schemas say (npm run -s docs makes it)', () => {
  expect(readFileSync(new URL('../../docs/agents.md', import.meta.url), 'utf8')).toBe(agentsPage());
});

test('every knob of every agent says what it does, what it takes, and its default', () => {
  for (const agent of agentNames) {
    for (const { name, help, takes, default: preset } of agentKnobs(agent)) {
      expect(help.length, `${agent}.${name}`).toBeGreaterThan(10);
      expect(takes, `${agent}.${name}`).not.toBe('');
      expect(preset, `${agent}.${name}`).toBeDefined();
    }
  }
});
