import { useEffect, useRef, useState } from 'preact/hooks';
import type { WatchedItem } from '../../protocol.ts';
import { useTexts } from '../texts/index.tsx';

/** Most matches that are listed at once. */
const LISTED = 60;

interface ItemPickerProps {
  readonly items: readonly WatchedItem[];
  /** Index of the one that is shown. */
  readonly chosen: number;
  readonly onPick: (index: number) => void;
}

/** Finds an item by the words of its description: a combobox as screen readers know it. */
export function ItemPicker({ items, chosen, onPick }: ItemPickerProps) {
  const texts = useTexts().common;
  const [words, setWords] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const found = words === null ? [] : search(items, words);
  const listed = found.slice(0, LISTED);

  useEffect(() => list.current?.children.item(active)?.scrollIntoView({ block: 'nearest' }), [active]);

  const open = () => {
    setWords('');
    setActive(Math.min(chosen, LISTED - 1));
  };
  const pick = (index: number) => {
    setWords(null);
    // The keys go back to what is watched.
    field.current?.blur();
    onPick(index);
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => (words === null ? open() : setActive(Math.min(active + 1, listed.length - 1))),
    ArrowUp: () => setActive(Math.max(active - 1, 0)),
    Enter: () => (words !== null && listed[active] !== undefined ? pick(listed[active]) : undefined),
    Escape: () => setWords(null),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    <div class="picker">
      <input
        id="item"
        ref={field}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-expanded={words !== null}
        aria-controls="items"
        aria-autocomplete="list"
        aria-activedescendant={words !== null && listed.length > 0 ? `item-${listed[active]}` : undefined}
        placeholder={texts.itemSearch}
        value={words ?? nameOf(items[chosen])}
        onFocus={open}
        onClick={() => (words === null ? open() : undefined)}
        onBlur={() => setWords(null)}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      {words !== null && (
        <div class="listbox" id="items" role="listbox" aria-label={texts.item} ref={list}>
          {listed.map((index, place) => (
            <div
              key={index}
              id={`item-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === active}
              // The field must not lose the focus before the click arrives.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(index)}
              onKeyDown={onKeyDown}
            >
              {nameOf(items[index])}
              {items[index].description && <small>{items[index].id}</small>}
            </div>
          ))}
          {found.length === 0 && <p class="hint">{texts.noItem}</p>}
          {found.length > LISTED && <p class="hint">{texts.moreItems(found.length - LISTED)}</p>}
        </div>
      )}
    </div>
  );
}

export function nameOf(item: WatchedItem): string {
  return item.description || item.id;
}

/** Indices of the items in whose id or description every word occurs. */
function search(items: readonly WatchedItem[], words: string): number[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return items.flatMap((item, index) => {
    const text = `${item.id} ${item.description ?? ''}`.toLowerCase();
    return wanted.every((word) => text.includes(word)) ? [index] : [];
  });
}
