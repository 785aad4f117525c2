import type { Asset, Signal } from '../api/types';

/** How an asset is drawn. What no pattern knows becomes a card of values. */
export type Shape = 'tank' | 'pump' | 'meter' | 'card';

const shapes: [RegExp, Shape][] = [
  [/tank|vessel|silo|basin|reservoir/i, 'tank'],
  [/pump|motor|fan|compressor|blower|drive/i, 'pump'],
  [/meter|counter/i, 'meter'],
];

export function shapeOf(asset: Asset): Shape {
  const found = shapes.find(([pattern]) => pattern.test(asset.type ?? asset.name))?.[1] ?? 'card';
  return found === 'tank' && !levelOf(asset) ? 'card' : found;
}

/** The level of a tank: the signal named so that has a range to draw it in. */
export function levelOf(asset: Asset): Signal | undefined {
  return asset.signals.find((signal) => /level/i.test(shortName(signal)) && signal.range);
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
    groups.set(place, [...(groups.get(place) ?? []), asset]);
  }
  return [...groups].map(([place, members]) => ({ place, assets: members }));
}
