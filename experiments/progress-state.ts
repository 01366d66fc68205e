import type { Archive } from '../neural/index.ts';
import type { StopReason } from './stopping.ts';
import type { CurvePoint } from './train-options.ts';

/** What a checkpoint holds beside the trainer: how far the run had come. */
export interface ProgressState {
  readonly curve: readonly CurvePoint[];
  /** [s] in training, all sittings together. */
  readonly seconds: number;
  readonly stopped: StopReason | null;
}

/** The trainer's checkpoint with the progress in it: one file, so that the two never differ. */
export function withProgress(archive: Archive, progress: ProgressState): Archive {
  return { ...archive, data: { ...archive.data, progress } };
}

export function readProgress({ data }: Archive): ProgressState {
  const { progress } = data;
  if (typeof progress !== 'object' || progress === null) return { curve: [], seconds: 0, stopped: null };
  const seconds = 'seconds' in progress && typeof progress.seconds === 'number' ? progress.seconds : 0;
  const stopped = 'stopped' in progress && (progress.stopped === 'plateau' || progress.stopped === 'gap') ? progress.stopped : null;
  return { curve: 'curve' in progress ? readCurve(progress.curve) : [], seconds, stopped };
}

function readCurve(document: unknown): CurvePoint[] {
  if (!Array.isArray(document)) return [];
  return document.filter(
    (point: unknown): point is CurvePoint => typeof point === 'object' && point !== null && 'step' in point && 'costPerPeriod' in point,
  );
}
