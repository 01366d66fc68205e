import { useState } from 'preact/hooks';
import type { Frame, WatchedNetwork } from '../../protocol.ts';
import { units } from '../parts/format.ts';
import { EVERYWHERE, type History, type Place } from '../parts/history.ts';
import { useRoom } from '../parts/wide.ts';
import { useTexts } from '../texts/index.tsx';
import { BOX, layOut, type Placed, SUPPLIER_HEIGHT, wayOf } from './network-layout.ts';

interface NetworkCardProps {
  readonly network: WatchedNetwork;
  readonly names: readonly string[];
  readonly history: History;
  readonly frame: Frame | undefined;
  readonly place: Place;
  readonly onPlace: (place: Place) => void;
}

/** Dots that are drawn on one link at most. */
const DOTS = 8;

/** Pixels to a unit of the drawing: its letters stay as large as the others of the page. */
const LEAST = 0.95;
const MOST = 1.35;
/** [pixels] of a page across which most networks fit. */
const ROOM = 700;

/** The network as one policy has it: stock as level, backlog in red, shipments as moving dots. */
export function NetworkCard({ network, names, history, frame, place, onPlace }: NetworkCardProps) {
  const texts = useTexts();
  const [policy, setPolicy] = useState(0);
  const shown = Math.min(policy, names.length - 1);
  const drawing = layOut(network, !useRoom(ROOM));
  const own = frame?.policies[shown];
  const top = Math.max(1, ...(own?.locations?.onHand ?? []), ...(own?.locations?.backlog ?? []), fullest(history, shown));
  const busiest = Math.max(1, ...(own?.links?.inTransit ?? []));
  const select = (wanted: Place) => onPlace(same(wanted, place) ? EVERYWHERE : wanted);
  return (
    <section class="card network" aria-label={texts.network.title}>
      <header>
        <h2>{texts.network.title}</h2>
        <p class="note">{place.kind === 'all' ? texts.network.note : texts.network.showing(nameOf(network, place))}</p>
        {place.kind !== 'all' && (
          <button type="button" class="chip" onClick={() => onPlace(EVERYWHERE)}>
            {texts.network.whole}
          </button>
        )}
        {names.length > 1 && (
          <label class="network-of">
            <span>{texts.network.of}</span>
            <select value={shown} onChange={(event) => setPolicy(Number(event.currentTarget.value))}>
              {names.map((name, k) => (
                <option key={k} value={k}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      <div class="drawing">
        <svg viewBox={`0 0 ${drawing.width} ${drawing.height}`} style={{ minWidth: drawing.width * LEAST, maxWidth: drawing.width * MOST }}>
          <title>{texts.network.title}</title>
          {network.links.map(({ id, from, to }, k) => (
            <LinkDrawing
              key={id}
              path={wayOf(drawing, from, to)}
              moving={own?.links?.inTransit[k] ?? 0}
              busiest={busiest}
              label={texts.network.link(
                from === 'supplier' ? texts.network.supplier : from,
                to,
                units(Math.round(own?.links?.inTransit[k] ?? 0)),
              )}
              chosen={same(place, { kind: 'link', index: k })}
              onChoose={() => select({ kind: 'link', index: k })}
            />
          ))}
          {network.locations.map(({ id }, k) => (
            <LocationDrawing
              key={id}
              id={id}
              at={drawing.places.get(id)}
              onHand={own?.locations?.onHand[k] ?? 0}
              backlog={own?.locations?.backlog[k] ?? 0}
              top={top}
              label={texts.network.location(id, units(own?.locations?.onHand[k] ?? 0), units(own?.locations?.backlog[k] ?? 0))}
              chosen={same(place, { kind: 'location', index: k })}
              onChoose={() => select({ kind: 'location', index: k })}
            />
          ))}
          {drawing.places.has('supplier') && <SupplierDrawing at={drawing.places.get('supplier')} name={texts.network.supplier} />}
        </svg>
      </div>
    </section>
  );
}

/** [units] the most that one location held or owed in the periods just played: the height of the boxes. */
function fullest({ frames }: History, policy: number): number {
  let most = 0;
  for (const { policies } of frames.slice(-60)) {
    const { onHand = [], backlog = [] } = policies[policy].locations ?? {};
    for (const value of onHand) most = Math.max(most, value);
    for (const value of backlog) most = Math.max(most, value);
  }
  return most;
}

function same(a: Place, b: Place): boolean {
  return a.kind === b.kind && (a.kind === 'all' || (b.kind !== 'all' && a.index === b.index));
}

function nameOf(network: WatchedNetwork, place: Place): string {
  if (place.kind === 'all') return '';
  return place.kind === 'link' ? network.links[place.index].id : network.locations[place.index].id;
}

interface Choosable {
  readonly label: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function pressable({ label, chosen, onChoose }: Choosable) {
  return {
    role: 'button',
    // SVG knows the name in small letters only.
    tabindex: 0,
    'aria-label': label,
    'aria-pressed': chosen,
    onClick: onChoose,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      onChoose();
    },
  } as const;
}

interface LocationDrawingProps extends Choosable {
  readonly id: string;
  readonly at: Placed | undefined;
  readonly onHand: number;
  readonly backlog: number;
  readonly top: number;
}

function LocationDrawing({ id, at, onHand, backlog, top, ...choosable }: LocationDrawingProps) {
  if (at === undefined) return null;
  const { width, height } = BOX;
  const level = (units: number) => Math.min(1, units / top) * (height - 2);
  return (
    <g transform={`translate(${at.x} ${at.y})`}>
      <g class={choosable.chosen ? 'location chosen' : 'location'} {...pressable(choosable)}>
        <title>{choosable.label}</title>
        <rect class="box" width={width} height={height} rx="6" />
        <rect class="level" x="1" width={width - 2} y={height - 1 - level(onHand)} height={level(onHand)} rx="4" />
        <rect class="owed" x={width - 11} width="10" y={height - 1 - level(backlog)} height={level(backlog)} rx="2" />
      </g>
      <text class="name" x={width / 2} y="15">
        {id.length > 14 ? `${id.slice(0, 13)}…` : id}
      </text>
      <text class="number" x={width / 2} y="33">
        {units(onHand)}
      </text>
      {backlog > 0 && (
        <text class="number minus" x={width / 2} y="48">
          −{units(backlog)}
        </text>
      )}
    </g>
  );
}

interface LinkDrawingProps extends Choosable {
  readonly path: string | undefined;
  readonly moving: number;
  readonly busiest: number;
}

function LinkDrawing({ path, moving, busiest, ...choosable }: LinkDrawingProps) {
  if (path === undefined) return null;
  const dots = moving > 0 ? Math.max(1, Math.round((DOTS * moving) / busiest)) : 0;
  return (
    <g class={choosable.chosen ? 'way chosen' : 'way'} {...pressable(choosable)}>
      <title>{choosable.label}</title>
      <path class="reach" d={path} />
      <path class="line" d={path} />
      {/* Dots of the line itself, moved along it by the style sheet: no work for the script. */}
      {dots > 0 && <path class="dots" d={path} pathLength={100} stroke-dasharray={`0 ${100 / dots}`} />}
    </g>
  );
}

function SupplierDrawing({ at, name }: { readonly at: Placed | undefined; readonly name: string }) {
  if (at === undefined) return null;
  return (
    <g class="supplier" transform={`translate(${at.x} ${at.y})`}>
      <rect class="box" y={(BOX.height - SUPPLIER_HEIGHT) / 2} width={BOX.width} height={SUPPLIER_HEIGHT} rx={SUPPLIER_HEIGHT / 2} />
      <text class="name" x={BOX.width / 2} y={BOX.height / 2 + 4}>
        {name}
      </text>
    </g>
  );
}
