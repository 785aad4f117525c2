import type { PlcSaid } from '../api/plc';
import { useLanguage, type Language } from './index';
import { plcSaidZh } from './plcSaid.zh';

const texts: Record<Language, Readonly<Record<string, string>>> = { en: {}, zh: plcSaidZh };

/**
 * What the node says, in a language; in its own words where its code is not known here. What goes with an argument that
 * is empty is left out.
 *
 * @param more arguments besides those that it says
 */
export function plcSaid(language: Language, { message, code, arguments: given }: PlcSaid, more: Readonly<Record<string, string>> = {}): string {
  const text = texts[language][code];
  if (text === undefined) return message;
  const all: Readonly<Record<string, string>> = { ...more, ...given };
  return `${text}${all.others ? texts[language].others ?? '' : ''}`.replace(/\{([^\w}]*)(\w+)([^\w}]*)\}/g, (_, before: string, name: string, after: string) => {
    const value = all[name] ?? '';
    return value === '' ? '' : `${before}${value}${after}`;
  });
}

export function usePlcSay(): (said: PlcSaid, more?: Readonly<Record<string, string>>) => string {
  const language = useLanguage();
  return (said, more) => plcSaid(language, said, more);
}
