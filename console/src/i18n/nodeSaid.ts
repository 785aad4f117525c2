import type { NodeSaid } from '../api/types';
import { useLanguage, type Language } from './index';
import { linkSaidZh } from './linkSaid.zh';
import { plcSaidZh } from './plcSaid.zh';

const texts: Record<Language, Readonly<Record<string, string>>> = { en: {}, zh: { ...plcSaidZh, ...linkSaidZh } };

type Arguments = Readonly<Record<string, string>>;

/** An argument; where it is told itself, or several are, in the language. */
function argument(language: Language, all: Arguments, name: string): string {
  const own = (at: string) => nodeSaid(language, {
    message: all[at] ?? '',
    code: all[`${at}.code`] ?? '',
    arguments: Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith(`${at}.`)).map(([key, value]) => [key.slice(at.length + 1), value])),
  });
  const several: string[] = [];
  for (let i = 1; all[`${name}.${i}.code`] !== undefined; i++) several.push(own(`${name}.${i}`));
  return several.length > 0 ? several.join('；') : own(name);
}

/**
 * What the node says, in a language; in its own words where its code is not known here. What goes with an argument that
 * is empty is left out.
 *
 * @param more arguments besides those that it says
 */
export function nodeSaid(language: Language, { message, code, arguments: given }: NodeSaid, more: Arguments = {}): string {
  const text = texts[language][code];
  if (text === undefined) return message;
  const all: Arguments = { ...more, ...given };
  return `${text}${all.others ? texts[language].others ?? '' : ''}`.replace(/\{([^\w}]*)(\w+)([^\w}]*)\}/g, (_, before: string, name: string, after: string) => {
    const value = argument(language, all, name);
    return value === '' ? '' : `${before}${value}${after}`;
  });
}

export function useNodeSay(): (said: NodeSaid, more?: Readonly<Record<string, string>>) => string {
  const language = useLanguage();
  return (said, more) => nodeSaid(language, said, more);
}
