import * as z from 'zod/mini';
import { type ClientMessage, clientMessage } from './protocol/client-messages.ts';
import {
  type ErrorMessage,
  errorMessage,
  evaluationsMessage,
  helloMessage,
  offersMessage,
  trainingMessage,
  versusMessage,
} from './protocol/laboratory-messages.ts';
import {
  debriefMessage,
  endMessage,
  explanationMessage,
  framesMessage,
  hintMessage,
  openingMessage,
  playingMessage,
  scoresMessage,
  seatsMessage,
  watchingMessage,
} from './protocol/session-messages.ts';

// The language of page and server: this file and the folder beside it are all that both sides share.
export {
  type ClientMessage,
  type ClientMessageType,
  type ClientRequest,
  type ControlAction,
  type ControlMessage,
  clientMessage,
  type ExplainMessage,
  type ItemMessage,
  type JoinMessage,
  type OrderMessage,
  type TrainMessage,
  type TrainRequest,
  trainMessage,
  type WatchMessage,
  type WatchRequest,
  watchMessage,
} from './protocol/client-messages.ts';
export { LIMITS } from './protocol/fields.ts';
export { type Frame, type FrameNote, frame, type PolicyFrame, type PolicyTotals, RunningTotals, totalsOf } from './protocol/frame.ts';
export {
  type AgentChoice,
  type ErrorMessage,
  type EvaluationsMessage,
  type HelloMessage,
  type KnobChoice,
  type PolicyChoice,
  PROTOCOL_VERSION,
  type RunChoice,
  type ScenarioChoice,
  type StoredEvaluation,
  type TrainingMessage,
  type VersusMessage,
} from './protocol/laboratory-messages.ts';
export type {
  DebriefMessage,
  DebriefReason,
  ExplanationMessage,
  HintMessage,
  OpeningMessage,
  ScoresMessage,
  Seat,
  SeatsMessage,
  WatchedItem,
  WatchedNetwork,
  WatchingMessage,
} from './protocol/session-messages.ts';

export const serverMessage = z.discriminatedUnion('type', [
  helloMessage,
  openingMessage,
  watchingMessage,
  framesMessage,
  playingMessage,
  endMessage,
  scoresMessage,
  seatsMessage,
  hintMessage,
  explanationMessage,
  debriefMessage,
  offersMessage,
  trainingMessage,
  versusMessage,
  evaluationsMessage,
  errorMessage,
]);

export type ServerMessage = z.infer<typeof serverMessage>;

/** A client's message, or the answer that tells it what was wrong with it. */
export function readClientMessage(data: string): ClientMessage | ErrorMessage {
  let received: unknown;
  try {
    received = JSON.parse(data);
  } catch {
    return { type: 'error', message: `received ${shown(data)}, which is not JSON`, expected: 'one JSON object a message', of: null };
  }
  const result = clientMessage.safeParse(received);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue.path.join('.') || 'message';
  const type = at(received, ['type']);
  return {
    type: 'error',
    message: `${where}: received ${shown(at(received, issue.path))}`,
    expected: issue.message,
    of: typeof type === 'string' ? type.slice(0, 40) : null,
  };
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined;
  return found;
}

function shown(value: unknown): string {
  const written = value === undefined ? 'nothing' : JSON.stringify(value);
  return written.length > 80 ? `${written.slice(0, 80)}...` : written;
}
