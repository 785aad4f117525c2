import type { Argument, Message, Saying } from '../api/network';
import { formatNanos } from '../model/network';
import { useLanguage, type Language } from './index';
import { networkSaidEn } from './network.en';
import { networkMistakesZh, networkSaidZh, networkTermsZh } from './network.zh';

const texts: Record<Language, Readonly<Record<string, string>>> = { en: networkSaidEn, zh: { ...networkSaidZh, ...networkMistakesZh } };
const terms: Record<Language, Readonly<Record<string, string>>> = { en: {}, zh: networkTermsZh };

/** What the node says of a network, in a language; in the node's own words where its code is not known here. */
export function sayIn(language: Language): (message: Message) => string {
  return (message) => said(language, message) ?? message.text;
}

function said(language: Language, { code, arguments: given }: Saying): string | null {
  const text = texts[language][code];
  return text === undefined ? null : text.replace(/\{(\w+)\}/g, (hole, name: string) => (name in given ? shown(language, given[name]!) : hole));
}

function shown(language: Language, argument: Argument): string {
  if (typeof argument !== 'object') return String(argument);
  if ('nanos' in argument) return formatNanos(argument.nanos);
  if ('link' in argument) return argument.link.join(' → ');
  if ('term' in argument) return terms[language][argument.term] ?? argument.term;
  if ('lines' in argument) return argument.lines.map((line) => said(language, line) ?? line.text).join('\n');
  if ('code' in argument) return said(language, argument) ?? argument.text ?? argument.code;
  const some = argument.some.map((each) => shown(language, each)).join(language === 'zh' ? '、' : ', ');
  return argument.more > 0 ? `${some}${(texts[language].more ?? '').replace('{count}', String(argument.more))}` : some;
}

const says = { en: sayIn('en'), zh: sayIn('zh') };

export function useSay(): (message: Message) => string {
  return says[useLanguage()];
}
