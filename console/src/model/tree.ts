import type { Asset, Plant, Signal } from '../api/types';

export type TreeRow =
  | { kind: 'place'; key: string; depth: number; name: string; open: boolean; signals: readonly Signal[] }
  | { kind: 'asset'; key: string; depth: number; asset: Asset; open: boolean; signals: readonly Signal[] }
  | { kind: 'signal'; key: string; depth: number; asset: Asset; signal: Signal };

interface Place {
  path: string;
  name: string;
  places: Map<string, Place>;
  assets: { asset: Asset; signals: Signal[] }[];
}

/** Words must all occur in what a signal is called, where it stands, or where it comes from. */
export function matcher(text: string): (asset: Asset, signal: Signal) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (asset, signal) => {
    const where = [signal.name, signal.unit, signal.from, signal.to, asset.identifier, asset.type, asset.place];
    const all = where.filter(Boolean).join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  };
}

/** The visible rows of the tree place → asset → signal, in the order of the plant file. */
export function rowsOf(
  plant: Plant,
  keep: (asset: Asset, signal: Signal) => boolean,
  isOpen: (key: string) => boolean,
): TreeRow[] {
  const root: Place = { path: '', name: '', places: new Map(), assets: [] };
  for (const asset of plant.assets) {
    const signals = asset.signals.filter((signal) => keep(asset, signal));
    if (signals.length > 0) placeOf(root, asset.place).assets.push({ asset, signals });
  }
  const rows: TreeRow[] = [];
  emit(root, 0, isOpen, rows);
  return rows;
}

function placeOf(root: Place, path: string | null): Place {
  let place = root;
  for (const name of (path ?? '').split('/').filter(Boolean)) {
    let next = place.places.get(name);
    if (!next) {
      next = { path: place.path ? `${place.path}/${name}` : name, name, places: new Map(), assets: [] };
      place.places.set(name, next);
    }
    place = next;
  }
  return place;
}

function signalsOf(place: Place): Signal[] {
  const beneath = [...place.places.values()].flatMap(signalsOf);
  return [...beneath, ...place.assets.flatMap(({ signals }) => signals)];
}

function emit(place: Place, depth: number, isOpen: (key: string) => boolean, rows: TreeRow[]): void {
  for (const child of place.places.values()) {
    const key = `place:${child.path}`;
    const open = isOpen(key);
    rows.push({ kind: 'place', key, depth, name: child.name, open, signals: signalsOf(child) });
    if (open) emit(child, depth + 1, isOpen, rows);
  }
  for (const { asset, signals } of place.assets) {
    const key = `asset:${asset.name}`;
    const open = isOpen(key);
    rows.push({ kind: 'asset', key, depth, asset, open, signals });
    if (!open) continue;
    for (const signal of signals) rows.push({ kind: 'signal', key: signal.name, depth: depth + 1, asset, signal });
  }
}
