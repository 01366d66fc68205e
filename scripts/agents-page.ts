import { agentKnobs, agentNames } from '../experiments/index.ts';

/** docs/agents.md: every knob of every agent, as its schema says. */
export function agentsPage(): string {
  return `# Agents and their knobs

Made by \`npm run -s docs\` from the agents' schemas; the command line prints the same with \`replenish train --help-agent ppo\`.
Set one with \`replenish train SCENARIO --agent ppo --set agent.learningRate=3e-4\`; a list as \`agent.hidden=[64,64]\`.
${agentNames.map(section).join('')}`;
}

function section(agent: string): string {
  const rows = agentKnobs(agent).map(
    ({ name, default: preset, takes, help }) =>
      `| \`${name}\` | \`${JSON.stringify(preset)}\` | ${takes} | ${help.replaceAll('|', '\\|')} |\n`,
  );
  return `\n## ${agent}\n\n| knob | default | takes | what it does |\n|---|---|---|---|\n${rows.join('')}`;
}
