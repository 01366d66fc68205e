import { answerTasks } from '../../experiments/index.ts';
import { type ItemRow, type ItemTask, itemRow, type Rivals, tuneRivals } from './item-row.ts';

/** What a process tells of its item. */
export type Told = { readonly rivals: Rivals } | { readonly row: ItemRow };

// A process that measures items, one at a time.

answerTasks<ItemTask, Told>(async (task, tell) => {
  const rivals = task.rivals ?? (await tuneRivals(task));
  if (task.rivals === null) tell({ rivals });
  tell({ row: await itemRow({ ...task, rivals }) });
});
