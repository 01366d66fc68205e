import { type HelloMessage, type TrainingMessage, type TrainRequest, trainMessage } from '../../protocol.ts';
import { readWords, viewOf, writeWords } from '../parts/route.ts';
import type { Server } from '../parts/server.ts';
import { Store } from '../parts/store.ts';

export interface TrainState {
  /** The run that is followed, or was asked for. */
  readonly followed: string | null;
  readonly waiting: boolean;
  /** All of it: what came in pieces is put together. */
  readonly training: TrainingMessage | null;
  readonly revision: number;
}

/** Follows one training run, and starts, stops and resumes training. */
export class Trainer extends Store<TrainState> {
  readonly #server: Server;

  constructor(server: Server) {
    super({ followed: null, waiting: false, training: null, revision: 0 });
    this.#server = server;
    server.listen((message) => {
      if (message.type === 'hello') this.#greeted(message);
      else if (message.type === 'training') this.#receive(message);
      else if (message.type === 'error' && (message.of === 'train' || message.of === 'follow')) this.change({ waiting: false });
    });
  }

  follow(run: string): void {
    this.change({ followed: run, waiting: true, training: this.state.training?.run === run ? this.state.training : null });
    this.#server.dismiss();
    this.#server.send({ type: 'follow', run });
    this.#write();
  }

  train(request: TrainRequest): void {
    this.#server.dismiss();
    const sent = this.#server.send(trainMessage.parse(request));
    if (sent && request.action === 'start') this.change({ followed: null, waiting: true, training: null });
  }

  /** The view is shown: follows what the address names. */
  show(): void {
    const run = readWords().get('run');
    if (viewOf(readWords()) !== 'train') return;
    if (run !== null && run !== this.state.followed) this.follow(run);
    else this.#write();
  }

  #write(): void {
    const { followed } = this.state;
    if (followed !== null) writeWords('train', new URLSearchParams({ run: followed }));
  }

  #greeted({ follow }: HelloMessage): void {
    const { followed } = this.state;
    const run = followed ?? follow;
    // A server that was started with training shows it first, unless the address asks for something else.
    if (run !== null && [...readWords()].length === 0) location.replace(`#${new URLSearchParams({ view: 'train', run })}`);
    if (run !== null) this.follow(run);
  }

  #receive(message: TrainingMessage): void {
    const { training } = this.state;
    const before = training?.run === message.run ? training : null;
    const points = [...(before?.points.slice(0, message.from) ?? []), ...message.points];
    const curve = [...(before?.curve.slice(0, message.curveFrom) ?? []), ...message.curve];
    this.change({
      training: { ...message, points, curve },
      followed: message.run ?? this.state.followed,
      waiting: false,
      revision: this.state.revision + 1,
    });
    if (message.run !== null) this.#write();
  }
}
