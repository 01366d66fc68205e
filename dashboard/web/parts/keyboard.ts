import { useEffect, useRef } from 'preact/hooks';

/** What a key does; `event.key`, letters in lower case. */
export type Keys = Readonly<Record<string, () => void>>;

/** Keys of the whole page; a field, a list or a slider that has the focus keeps its own. */
export function useKeys(keys: Keys): void {
  // What is shown is what keys act on: an effect would come a moment later.
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const act = latest.current[key];
      if (act === undefined || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target, key)) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}

function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('input:not([type=checkbox]), select, textarea')) return true;
  if (key === 'Enter') return target.closest('a[href], button, summary, [role=button]') !== null;
  return key === ' ' && target.matches('button, summary, input');
}
