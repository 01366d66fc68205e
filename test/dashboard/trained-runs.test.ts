import { describe, expect, test } from 'vitest';
import { runTitles } from '../../dashboard/index.ts';
import { agentKnobs } from '../../experiments/index.ts';

const usual = Object.fromEntries(agentKnobs('ppo').map((knob) => [knob.name, knob.default]));
const run = (id: string, change: object = {}) => ({
  run: id,
  scenario: 'lost-sales',
  agent: 'ppo',
  settings: [],
  config: { ...usual, steps: 5000, lanes: 256 },
  seed: 0,
  startedAt: `2026-03-0${id.length}T10:20:30.000Z`,
  ...change,
});

describe('titles of trained runs', () => {
  test('a run as the agent is by itself bears its name alone, whatever the steps', () => {
    expect(runTitles([run('a')])).toEqual(new Map([['a', 'PPO']]));
  });

  test('settings of the scenario and knobs that were changed are told', () => {
    const changed = run('a', { settings: ['shortageCost=9'], config: { ...usual, horizon: 16, hidden: [64, 64] } });
    expect(runTitles([changed]).get('a')).toBe('PPO: shortageCost=9, horizon=16, hidden=[64,64]');
  });

  test('the seed is told where it is what differs', () => {
    const titles = runTitles([run('a', { seed: 2 }), run('bb', { seed: 1 }), run('ccc', { settings: ['mean=8'], seed: 4 })]);
    expect([...titles.values()]).toEqual(['PPO: seed=2', 'PPO: seed=1', 'PPO: mean=8']);
  });

  test('of runs that are alike the latest bears the title, the others their date too', () => {
    expect([...runTitles([run('aaa'), run('bb'), run('c', { scenario: 'perishable' })]).values()]).toEqual([
      'PPO',
      'PPO (2026-03-02 10:20)',
      'PPO',
    ]);
  });

  test('what was left to the scenario is told only where another run has something else', () => {
    const dcl = Object.fromEntries(agentKnobs('dcl').map((knob) => [knob.name, knob.default]));
    const based = (id: string, base: string) => run(id, { agent: 'dcl', config: { ...dcl, base } });
    expect([...runTitles([based('a', 's-S:s=1,S=2')]).values()]).toEqual(['DCL']);
    expect([...runTitles([based('a', 's-S:s=1,S=2'), based('b', 'myopic')]).values()]).toEqual([
      'DCL: base=s-S:s=1,S=2',
      'DCL: base=myopic',
    ]);
    const discounted = (id: string, discount: number) => run(id, { config: { ...usual, discount } });
    expect([...runTitles([discounted('a', 0.99)]).values()]).toEqual(['PPO']);
    expect([...runTitles([discounted('a', 0.99), discounted('b', 0.9)]).values()]).toEqual(['PPO: discount=0.99', 'PPO: discount=0.9']);
  });

  test('a knob that stands still unless given is told where it was given', () => {
    expect(runTitles([run('a', { config: { ...usual, targetKl: 0.01 } })]).get('a')).toBe('PPO: targetKl=0.01');
  });
});
