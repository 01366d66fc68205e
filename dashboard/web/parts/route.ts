import { useEffect, useRef, useState } from 'preact/hooks';

export const VIEWS = ['watch', 'play', 'train', 'compare'] as const;

export type View = (typeof VIEWS)[number];

/** The address behind #: `view` says which view, the other words belong to it. */
export function readWords(): URLSearchParams {
  return new URLSearchParams(location.hash.replace(/^#/, ''));
}

/** Which view the address asks for: what names none is an address of Watch. */
export function viewOf(words: URLSearchParams): View {
  return VIEWS.find((view) => view === words.get('view')) ?? 'watch';
}

/** Puts what is shown into the address, so that a reload, a bookmark or a link shows the same; only while that view is shown. */
export function writeWords(view: View, words: URLSearchParams): void {
  if (viewOf(readWords()) !== view) return;
  const named = new URLSearchParams({ view });
  for (const [name, value] of words) named.append(name, value);
  history.replaceState(null, '', `#${view === 'watch' ? words : named}`);
}

/** Calls back when a view is shown, and whenever the address changes while it is. */
export function useAddress(follow: () => void): void {
  const latest = useRef(follow);
  latest.current = follow;
  useEffect(() => {
    const listen = () => latest.current();
    listen();
    addEventListener('hashchange', listen);
    return () => removeEventListener('hashchange', listen);
  }, []);
}

/** The view that is shown; follows links and the browser's buttons for back and forward. */
export function useView(): View {
  const [view, setView] = useState(() => viewOf(readWords()));
  useAddress(() => setView(viewOf(readWords())));
  return view;
}
