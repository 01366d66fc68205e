import { UserError } from '../../../env/index.ts';
import { closestName } from '../../closest-name.ts';
import { defineCommand } from '../../command.ts';
import { futureOptions, lookAhead } from './future.ts';
import { readerLine, readerOf } from './reader.ts';

export const explainCommand = defineCommand({
  name: 'explain',
  describe: 'Say where the forecast of an item comes from: level, season, price, each note, and what is alike',
  words: { item: { type: 'string', demandOption: true, describe: 'Id of the item' } },
  options: futureOptions,
  example: 'forecast explain 22422 --method global+text',
  run: async (args, { output }) => {
    const { embedTexts, explainForecast, periodStart } = await import('../../../forecasting/index.ts');
    const { history, opened, fitted, origin } = await lookAhead(args, output);
    const ids = history.items.map(({ id }) => id);
    const item = ids.indexOf(args.item);
    if (item < 0) throw new UserError(`item '${args.item}': expected one of the ${ids.length} items; ${meant(args.item, ids)}`);
    const { text } = opened;
    const texts = [...new Set(history.notes.map((note) => note.text))];
    const read = text !== null && texts.length > 0 ? await embedTexts(texts, { embedder: text.embedder, report: output.log }) : null;
    const explanation = explainForecast({
      forecaster: fitted,
      history,
      item,
      origin,
      horizon: args.horizon,
      descriptions: text?.vectors,
      notes: read === null ? undefined : new Map(texts.map((note, k) => [note, read.vectors[k]])),
    });
    return {
      method: fitted.name,
      origin: periodStart(history, origin),
      horizon: args.horizon,
      ...(text === null ? {} : readerOf(text)),
      ...explanation,
    };
  },
  print: ({ sentence, ...reader }) => [sentence, ...readerLine(reader)].join('\n'),
});

function meant(received: string, ids: readonly string[]): string {
  const closest = closestName(received, ids);
  return closest === undefined ? `the first is ${ids[0]}` : `did you mean ${closest}?`;
}
