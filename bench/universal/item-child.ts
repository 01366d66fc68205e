import { type ItemTask, itemRow } from './item-row.ts';

// Measures items one at a time, told by messages.
process.on('message', async (task: ItemTask) => {
  process.send?.(await itemRow(task));
});
process.on('disconnect', () => process.exit());
