import { useEffect, useState } from 'preact/hooks';

/** What a part of the page shows. A change gives a new object, and is announced at most once between two pictures on the screen. */
export class Store<State extends object> {
  #state: State;
  readonly #listeners = new Set<(state: State) => void>();
  #announced = false;

  constructor(state: State) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  subscribe(listener: (state: State) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected change(part: Partial<State>): void {
    this.#state = { ...this.#state, ...part };
    if (this.#announced) return;
    this.#announced = true;
    requestAnimationFrame(() => {
      this.#announced = false;
      for (const listener of this.#listeners) listener(this.#state);
    });
  }
}

export function useStore<State extends object>(store: Store<State>): State {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    // Something may have changed between drawing and listening.
    setState(store.state);
    return store.subscribe(setState);
  }, [store]);
  return state;
}
