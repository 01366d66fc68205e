import { answerTasks } from '../processes/answer-tasks.ts';
import { type Cell, type CellTold, workCell } from './cell.ts';

// A process that measures cells of a sensitivity.

answerTasks<Cell, CellTold>((cell, tell) => workCell(cell, tell));
