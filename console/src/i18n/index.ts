import { createContext, useContext } from 'react';
import type { Quality, Signal, SignalValue } from '../api/types';
import { formatValue, isMode } from '../model/format';
import { en, reasons as reasonsEn, type MessageKey } from './en';
import { reasons as reasonsZh, zh } from './zh';

export type { MessageKey };
export type Language = 'en' | 'zh';
export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;

const dictionaries: Record<Language, Record<MessageKey, string>> = { en, zh };

export function translator(language: Language): Translate {
  const messages = dictionaries[language];
  return (key, values) =>
    values ? messages[key].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole)) : messages[key];
}

/** The first of the browser's languages that the console speaks, else English. */
export function preferredLanguage(browser: readonly string[]): Language {
  for (const tag of browser) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}

export const LanguageContext = createContext<Language>('en');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

const translators: Record<Language, Translate> = { en: translator('en'), zh: translator('zh') };

export function useT(): Translate {
  return translators[useLanguage()];
}

const reasons: Record<Language, Readonly<Record<string, string>>> = { en: reasonsEn, zh: reasonsZh };

/** Why a value is not good, in words. */
export type Reason = (quality: Quality) => string;

export function reasonIn(language: Language): Reason {
  return ({ name, severity }) => reasons[language][name] ?? (name.toLowerCase() === severity ? dictionaries[language][severity] : name);
}

const reasonsOf: Record<Language, Reason> = { en: reasonIn('en'), zh: reasonIn('zh') };

export function useReason(): Reason {
  return reasonsOf[useLanguage()];
}

/** A value as an operator reads it: truth values are on and off, the mode of a controller is a word. */
export function shownValue(t: Translate, value: SignalValue | undefined, signal: Signal | null): string {
  if (typeof value === 'boolean') return t(value ? 'on' : 'off');
  if (signal && isMode(signal) && (value === 0 || value === 1)) return t(value === 1 ? 'automatic' : 'manual');
  return formatValue(value, signal);
}

export function useShown(): (value: SignalValue | undefined, signal: Signal | null) => string {
  const t = useT();
  return (value, signal) => shownValue(t, value, signal);
}
