import type { PlcSource } from '../api/plc';

/** What somebody picked: texts, perhaps with the plant file; `whole` when it was a folder, so that what is not in it is gone. */
export interface Chosen { readonly sources: readonly PlcSource[]; readonly manifest: string | null; readonly whole: boolean }

/** A folder's files are named from there on; tests are no part of a program. */
export async function textsOf(files: readonly File[], whole: boolean): Promise<Chosen> {
  const named = files.map((file) => ({ file, name: whole ? file.webkitRelativePath.split('/').slice(1).join('/') : file.name }));
  const texts = named.filter(({ name }) => /\.(st|xml)$/i.test(name) && !/_test\.st$/i.test(name) && !name.startsWith('.'));
  const manifest = named.find(({ name }) => /^plant\.ya?ml$/i.test(name));
  const sources = await Promise.all(texts.map(async ({ file, name }) => ({ name, text: await file.text() })));
  return { sources, manifest: manifest ? await manifest.file.text() : null, whole };
}

export interface Merged {
  readonly sources: PlcSource[];
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The texts of the new program: those picked take the places of those of the same name. */
export function merged(running: readonly PlcSource[], { sources, manifest, whole }: Chosen): Merged {
  const place = (name: string) => running.find((one) => one.name === name)
    ?? running.filter((one) => one.name.split('/').pop() === name).find((_, i, all) => i === 0 && all.length === 1);
  const picked = new Map(sources.map((source) => [place(source.name)?.name ?? source.name, source.text]));
  // What the node itself has added is no file: the library, and the instances that the plant file names.
  const isFile = (name: string) => /\.(st|xml)$/i.test(name) && !name.startsWith('control/');
  const stays = (name: string) => !whole || !isFile(name) || picked.has(name);
  const added = [...picked.keys()].filter((name) => !running.some((one) => one.name === name));
  return {
    sources: [
      ...running.filter(({ name }) => stays(name) && (manifest === null || isFile(name) || !name.startsWith('control of ')))
        .map(({ name, text }) => ({ name, text: picked.get(name) ?? text })),
      ...added.map((name) => ({ name, text: picked.get(name) ?? '' })),
    ],
    changed: running.filter(({ name, text }) => picked.has(name) && picked.get(name) !== text).map(({ name }) => name),
    added,
    removed: running.filter(({ name }) => !stays(name)).map(({ name }) => name),
  };
}
