import type { Asset, Signal } from '../api/types';

/** How an asset is drawn. What no pattern knows becomes a card of values. */
export type Shape = 'tank' | 'pump' | 'meter' | 'controller' | 'card';

const shapes: [RegExp, Shape][] = [
  [/controller|plc/i, 'controller'],
  [/tank|vessel|silo|basin|reservoir/i, 'tank'],
  [/pump|motor|fan|compressor|blower|drive/i, 'pump'],
  [/meter|counter/i, 'meter'],
];

/** What an operator looks at first, by shape; the first signal found leads. */
const first: Record<Shape, readonly RegExp[]> = {
  tank: [/level/i, /set-?point/i, /flow/i],
  pump: [/flow/i, /speed|voltage/i, /power$/i, /vibration$/i, /head/i, /bearing-temperature/i],
  meter: [/^(active-)?power$/i, /power-factor/i, /^voltage/i, /^(active-)?energy$/i],
  controller: [/automatic|mode/i],
  card: [],
};

const MOST: Record<Shape, number> = { tank: 4, pump: 6, meter: 4, controller: 4, card: 4 };

export function shapeOf(asset: Asset): Shape {
  const found = shapes.find(([pattern]) => pattern.test(asset.type ?? asset.name))?.[1] ?? 'card';
  return found === 'tank' && !levelOf(asset) ? 'card' : found;
}

/** The level of a tank: the signal named so that has a range to draw it in. */
export function levelOf(asset: Asset): Signal | undefined {
  return asset.signals.find((signal) => /level/i.test(shortName(signal)) && signal.range);
}

/** The set-point of a level, where the tank has one of the same unit. */
export function setPointOf(asset: Asset): Signal | undefined {
  const level = levelOf(asset);
  return asset.signals.find((signal) => /set-?point/i.test(shortName(signal)) && signal.unit === level?.unit);
}

/** The signals of an asset worth a place on the overview, the most telling one first. */
export function keySignals(asset: Asset, shape: Shape): Signal[] {
  const chosen = new Set<Signal>();
  for (const pattern of first[shape]) {
    const found = asset.signals.find((signal) => !chosen.has(signal) && pattern.test(shortName(signal)));
    if (found) chosen.add(found);
  }
  for (const signal of asset.signals) chosen.add(signal);
  return [...chosen].slice(0, MOST[shape]);
}

export function shortName(signal: Pick<Signal, 'name'>): string {
  return signal.name.slice(signal.name.indexOf('/') + 1);
}

export interface PlaceGroup {
  readonly place: string;
  readonly assets: readonly Asset[];
}

/** Assets by place, in the order of the plant file; '' collects those without a place. */
export function groupByPlace(assets: readonly Asset[]): PlaceGroup[] {
  const groups = new Map<string, Asset[]>();
  for (const asset of assets) {
    const place = asset.place ?? '';
    const members = groups.get(place);
    if (members) members.push(asset);
    else groups.set(place, [asset]);
  }
  return [...groups].map(([place, members]) => ({ place, assets: members }));
}
