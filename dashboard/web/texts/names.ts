import type { ScenarioChoice } from '../../protocol.ts';
import { type Texts, useTexts } from './index.tsx';

/** What the server calls in English, in the page's language where that knows it. */
export interface Names {
  readonly scenario: (choice: Pick<ScenarioChoice, 'id' | 'title'>) => string;
  /** By the name that policies bear in the protocol; parameters behind a colon stay as they are. */
  readonly policy: (name: string) => string;
  /** A measure that a learning agent tells of. */
  readonly measure: (name: string) => string;
}

export function useNames(): Names {
  return namesIn(useTexts());
}

const HELD_OUT = '-held-out';

function namesIn(texts: Texts): Names {
  const measures: Readonly<Record<string, string>> = texts.measures;
  return {
    scenario: ({ id, title }) => {
      if (!id.endsWith(HELD_OUT)) return texts.titles[id] ?? title;
      const known = texts.titles[id.slice(0, -HELD_OUT.length)];
      return known === undefined ? title : texts.heldOut(known);
    },
    policy: (name) => {
      if (name === 'you') return texts.play.you;
      if (name === 'optimal') return texts.common.optimal;
      const [family, ...parameters] = name.split(':');
      return [texts.policyNames[family] ?? family, ...parameters].join(':');
    },
    measure: (name) => measures[name] ?? name,
  };
}
