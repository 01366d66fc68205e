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
    addEventListener('click', giveBack);
    return () => {
      removeEventListener('keydown', onKeyDown);
      removeEventListener('click', giveBack);
    };
  }, []);
}

/** Who pressed something with the mouse has the keys of the page again: Space plays, whatever was clicked last. */
function giveBack(event: MouseEvent): void {
  if (!(event instanceof PointerEvent) || event.pointerType !== 'mouse') return;
  const { activeElement } = document;
  if (activeElement instanceof HTMLElement && activeElement.matches('button, summary, input[type=checkbox]')) activeElement.blur();
}

function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('input:not([type=checkbox]), select, textarea')) return true;
  if (key === 'Enter') return target.closest('a[href], button, summary, [role=button]') !== null;
  return key === ' ' && target.matches('button, summary, input');
}
