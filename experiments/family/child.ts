import { answerTasks } from '../processes/answer-tasks.ts';
import { type Chunk, workChunk } from './chunk.ts';

// A process that works on chunks of a family; it tells of each item.

answerTasks<Chunk, 'item'>((chunk, tell) => workChunk(chunk, () => tell('item')));
