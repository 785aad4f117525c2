import { useEffect, useState } from 'react';
import { preferredLanguage, type Language } from '../i18n';

export type Theme = 'system' | 'light' | 'dark';

function stored<T extends string>(key: string, allowed: readonly T[]): T | null {
  const value = localStorage.getItem(key);
  return allowed.includes(value as T) ? (value as T) : null;
}

export function useLanguageSetting(): [Language, (language: Language) => void] {
  const [language, set] = useState<Language>(
    () => stored('millwright.language', ['en', 'zh']) ?? preferredLanguage(navigator.languages),
  );
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  return [language, (next) => {
    localStorage.setItem('millwright.language', next);
    set(next);
  }];
}

const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');

export function useThemeSetting(): [Theme, (theme: Theme) => void] {
  const [theme, set] = useState<Theme>(() => stored('millwright.theme', ['system', 'light', 'dark']) ?? 'system');
  useEffect(() => {
    const apply = () => {
      const dark = theme === 'dark' || (theme === 'system' && darkSystem.matches);
      document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    };
    apply();
    darkSystem.addEventListener('change', apply);
    return () => darkSystem.removeEventListener('change', apply);
  }, [theme]);
  return [theme, (next) => {
    localStorage.setItem('millwright.theme', next);
    set(next);
  }];
}

/** True while the page is dark, whoever decided it. */
export function useDark(): boolean {
  const [dark, set] = useState(document.documentElement.dataset.theme === 'dark');
  useEffect(() => {
    const observer = new MutationObserver(() => set(document.documentElement.dataset.theme === 'dark'));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);
  return dark;
}
