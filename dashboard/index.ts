export { Arrivals } from './arrivals.ts';
export { type Clock, systemClock } from './clock.ts';
export { Episode, type EpisodeOptions, type KnownOptimum, type NamedPolicy } from './episode.ts';
export { type FirstWatch, firstWatch } from './first-watch.ts';
export { FreshReading } from './fresh-reading.ts';
export { type LaboratoryOptions, laboratorySource } from './laboratory-source.ts';
export { Newest } from './newest.ts';
export { Outbox, type OutboxOptions, type WritableSocket } from './outbox.ts';
export { pageFolder } from './page-files.ts';
export { finish, type Piecework } from './piecework.ts';
export {
  type ClientMessage,
  clientMessage,
  type Frame,
  LIMITS,
  type PolicyChoice,
  type PolicyFrame,
  type PolicyTotals,
  PROTOCOL_VERSION,
  type RunChoice,
  readClientMessage,
  type ScenarioChoice,
  type ServerMessage,
  type StoredEvaluation,
  serverMessage,
  type TrainingMessage,
  totalsOf,
  type WatchedItem,
  type WatchMessage,
  type WatchRequest,
  watchMessage,
} from './protocol.ts';
export { ROOMS, Rooms } from './rooms.ts';
export { checkListen, type Dashboard, type DashboardOptions, startDashboard } from './server.ts';
export { type SessionAction, type SessionEvent, type SessionOptions, WatchSession } from './session.ts';
export { type SimulatorSource, type SimulatorSourceOptions, simulatorSource } from './simulator-source.ts';
export type { TrainingDesk, WatchSource, WorkOptions } from './source.ts';
export { storedEvaluations } from './stored-evaluations.ts';
export { runTitles } from './trained-runs.ts';
export { type Trainee, Trainings, type TrainingsOptions } from './trainings.ts';
export { Turns } from './turns.ts';
export { type TriedItem, type Versus, versusClassic, withItem } from './workshop/any-item.ts';
export { ownWorkshop, ProcessWorkshop, type Workshop } from './workshop/workshop.ts';
