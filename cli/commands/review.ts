import type { Review } from '../../decisions/index.ts';
import { defineCommand } from '../command.ts';
import { realNumber } from '../options.ts';
import { refuseFolder } from './forecast/data.ts';

interface Reviewed extends Review {
  /** Findings as they stand on the page, in their order. */
  readonly worded: readonly { readonly id: string; readonly text: string }[];
  /** What became of a language model's wording; null where none was asked. */
  readonly note: string | null;
  readonly page: string;
}

export const review = defineCommand({
  name: 'review',
  describe: 'One page on how a run is doing: where it fails, why, whom its errors reach, what to try',
  words: { run: { type: 'string', demandOption: true, describe: 'A run as runs list shows it' } },
  options: {
    out: { type: 'string', requiresArg: true, describe: 'File to write the page to, in Markdown' },
    llm: {
      type: 'string',
      requiresArg: true,
      describe:
        'A language model that words and ranks the findings: an OpenAI-compatible endpoint, or local:MODEL; its numbers are checked',
    },
    'llm-model': { type: 'string', requiresArg: true, describe: 'Name of the model at that endpoint' },
    'llm-key': {
      type: 'string',
      requiresArg: true,
      default: 'REPLENISH_LLM_KEY',
      describe: "Name of the environment variable that holds the endpoint's key",
    },
    'llm-seconds': realNumber({ name: 'llm-seconds', least: 0.001, describe: 'Seconds until its answer is waited for; 60 unless given' }),
  } as const,
  example: 'review RUN --out review.md',
  run: async ({ run, out, seed, llm, ...given }, { output, signal }): Promise<Reviewed> => {
    const { openLanguageModel, rephrase, review, writePage } = await import('../../decisions/index.ts');
    if (out !== undefined) refuseFolder(out);
    const timeout = given['llm-seconds'] === undefined ? undefined : 1000 * given['llm-seconds'];
    const options = { model: given['llm-model'], key: process.env[given['llm-key']], timeout };
    const model = llm === undefined ? null : openLanguageModel({ llm, ...options });
    const result = await review(run, { seed, report: output.log });
    const said = model === null ? null : await rephrase(result, model, signal());
    const worded = said?.worded ?? result.findings;
    const page = writePage(result, { worded, note: said?.note });
    if (out !== undefined) {
      const { writeWhole } = await import('../../experiments/index.ts');
      await writeWhole(out, page);
      output.log(`Written to ${out}.`);
    }
    return { ...result, worded: worded.map(({ id, text }) => ({ id, text })), note: said?.note ?? null, page };
  },
  print: ({ page }) => page,
});
