import { dataOption } from './support/data-option.ts';
import { readKnownEffects } from './support/event-notes.ts';
import { noteShares } from './support/note-shares.ts';

/**
 * What reading event notes is worth: shares of the way from no text to the true effects, on sales made with known effects, whose test weeks word their
 * events as never before. npm run -s bench -- notes --data FOLDER
 */
const data = await readKnownEffects(dataOption('notes'));
const { history, cut } = data;
const shares = await noteShares(data);
console.log(JSON.stringify({ benchmark: 'notes', items: history.items.length, testWeeks: history.periods.length - cut, ...shares }));
