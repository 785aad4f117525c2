import { Component, lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { keepToken, onTokenNeeded } from '../api/client';
import { useLink, useNow, usePlant, usePlantState } from '../api/hooks';
import { live } from '../api/live';
import { trees, useHasPlant, useHasPlc } from '../api/tree';
import {
  BadIcon, BusyIcon, GoodIcon, IdentifierIcon, Logo, MoonIcon, NetworkIcon, NodesIcon, OverviewIcon, PlantIcon, PlcIcon, RecordsIcon,
  SunIcon, SystemIcon, TrendIcon,
} from '../design/icons';
import { LanguageContext, useT, type Language } from '../i18n';
import { formatCount, formatTime } from '../model/format';
import { Overview } from '../pages/overview/Overview';
import { hrefOf, identityPages, pages, plantPages, useRoute, type Page } from './route';
import { useLanguageSetting, useThemeSetting, type Theme } from './settings';

const PlantPage = lazy(() => import('../pages/plant/PlantPage'));
const TrendsPage = lazy(() => import('../pages/trends/TrendsPage'));
const PlcPage = lazy(() => import('../pages/plc/PlcPage'));
const NetworkPage = lazy(() => import('../pages/network/NetworkPage'));
const IdentifiersPage = lazy(() => import('../pages/identifiers/IdentifiersPage'));
const NodesPage = lazy(() => import('../pages/nodes/NodesPage'));
const RecordsPage = lazy(() => import('../pages/records/RecordsPage'));

const views = {
  overview: Overview, plant: PlantPage, trends: TrendsPage, plc: PlcPage, network: NetworkPage, identifiers: IdentifiersPage, nodes: NodesPage, records: RecordsPage,
};
const tabIcons = {
  overview: OverviewIcon, plant: PlantIcon, trends: TrendIcon, plc: PlcIcon, network: NetworkIcon, identifiers: IdentifierIcon, nodes: NodesIcon, records: RecordsIcon,
};

/** Where there is no plant, the pages about identifiers are all there is. */
function usePage(): Page {
  const route = useRoute();
  const hasPlc = useHasPlc();
  const page = route.page === 'plc' && !hasPlc ? 'overview' : route.page;
  return useHasPlant() === false && plantPages.includes(page) ? 'identifiers' : page;
}

export function App() {
  const [language, setLanguage] = useLanguageSetting();
  const [theme, setTheme] = useThemeSetting();
  const page = usePage();
  const hasPlant = useHasPlant();
  const [locked, setLocked] = useState(false);
  useEffect(() => onTokenNeeded(() => setLocked(true)), []);
  const View = views[page];
  return (
    <LanguageContext value={language}>
      <Bar language={language} setLanguage={setLanguage} theme={theme} setTheme={setTheme} />
      <LostBanner />
      <main id="content" tabIndex={-1}>
        <Failsafe key={page}>
          <Suspense fallback={<Loading />}>
            {hasPlant && identityPages.includes(page) && <IdentityTabs page={page} />}
            {hasPlant === null ? <Loading /> : <View />}
          </Suspense>
        </Failsafe>
      </main>
      {locked && <TokenPrompt />}
    </LanguageContext>
  );
}

interface BarProps {
  language: Language;
  setLanguage: (language: Language) => void;
  theme: Theme;
  setTheme: (theme: Theme) => void;
}

const themes: readonly Theme[] = ['system', 'light', 'dark'];
const themeIcons = { system: SystemIcon, light: SunIcon, dark: MoonIcon };
const themeNames = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const;

function Bar({ language, setLanguage, theme, setTheme }: BarProps) {
  const t = useT();
  const plant = usePlant();
  const page = usePage();
  const hasPlant = useHasPlant();
  const tab = hasPlant && identityPages.includes(page) ? 'identifiers' : page;
  const hasPlc = useHasPlc();
  const inPlant = (name: Page) => name === 'identifiers' || (plantPages.includes(name) && (name !== 'plc' || hasPlc));
  const tabs = hasPlant === false ? identityPages : pages.filter(inPlant);
  const ThemeIcon = themeIcons[theme];
  const nextTheme = themes[(themes.indexOf(theme) + 1) % themes.length]!;
  useEffect(() => {
    document.title = `${t(page)} · ${plant?.name ?? 'Millwright'}`;
  }, [t, page, plant]);
  return (
    <header className="bar">
      <a className="button skip" href="#content" onClick={(event) => {
        event.preventDefault();
        document.getElementById('content')?.focus();
      }}>{t('skip')}</a>
      <a className="brand" href={hrefOf(hasPlant === false ? 'identifiers' : 'overview')}>
        <Logo /> Millwright {plant && <small>{plant.name}</small>}
      </a>
      <nav className="tabs" aria-label={t('pages')}>
        {tabs.map((name) => {
          const Icon = tabIcons[name];
          return (
            <a key={name} href={hrefOf(name)} aria-current={name === tab ? 'page' : undefined}><Icon />{t(name)}</a>
          );
        })}
      </nav>
      <div className="room" />
      <BadMark />
      <LinkMark />
      <div className="choose">
        <button
          className="button icon plain" type="button" onClick={() => setTheme(nextTheme)}
          aria-label={`${t('theme')}: ${t(themeNames[theme])}`} title={`${t('theme')}: ${t(themeNames[theme])}`}
        ><ThemeIcon /></button>
        <button
          className="button plain" type="button" lang={language === 'en' ? 'zh-CN' : 'en'}
          onClick={() => setLanguage(language === 'en' ? 'zh' : 'en')}
        >{language === 'en' ? '中文' : 'English'}</button>
      </div>
    </header>
  );
}

/** In a plant the pages about identifiers stand beneath one tab. */
function IdentityTabs({ page }: { page: Page }) {
  const t = useT();
  return (
    <nav className="subtabs no-print" aria-label={t('identifiers')}>
      {identityPages.map((name) => (
        <a key={name} href={hrefOf(name)} aria-current={name === page ? 'page' : undefined}>{t(name === 'identifiers' ? 'resolve' : name)}</a>
      ))}
    </nav>
  );
}

/** How many signals are bad, on every page; leads to them. */
function BadMark() {
  const t = useT();
  const state = usePlantState();
  const { state: link } = useLink();
  const bad = state?.signals.bad ?? 0;
  if (bad === 0 || link !== 'live') return null;
  return (
    <a className="badmark" href={hrefOf('plant', '', { only: 'abnormal' })} title={t('badSignals', { count: bad })}>
      <BadIcon />{formatCount(bad)} <span>{t('bad')}</span>
    </a>
  );
}

function LinkMark() {
  const t = useT();
  const { state } = useLink();
  const Icon = { live: GoodIcon, connecting: BusyIcon, lost: BadIcon }[state];
  const text = t(({ live: 'live', connecting: 'connecting', lost: 'offline' } as const)[state]);
  return <div className={`link ${state}`} title={text}><Icon className={state === 'connecting' ? 'spin' : ''} /><span>{text}</span></div>;
}

function LostBanner() {
  const link = useLink();
  return link.state === 'lost' ? <Lost since={link.since} retryAt={link.retryAt} /> : null;
}

function Lost({ since, retryAt }: { since: number; retryAt: number }) {
  const t = useT();
  useNow();
  const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
  const time = formatTime(since).slice(0, 19);
  return (
    <div className="banner no-print">
      <BadIcon />
      <span>
        <strong role="alert">{t('lostTitle')}</strong>{' '}
        {live.plant ?? trees.tree ? t('lostDetail', { time, seconds }) : t('lostNever', { seconds })}
      </span>
      <button className="button" type="button" onClick={() => live.retryNow()}>{t('retry')}</button>
    </div>
  );
}

function Loading() {
  const t = useT();
  return <p className="center" role="status">{t('loading')} …</p>;
}

function TokenPrompt() {
  const t = useT();
  const [token, setToken] = useState('');
  const tried = sessionStorage.getItem('millwright.token') !== null;
  return (
    <div className="veil">
      <form
        className="dialog" role="dialog" aria-modal="true" aria-labelledby="token-title"
        onSubmit={(event) => {
          event.preventDefault();
          keepToken(token.trim());
          location.reload();
        }}
      >
        <h1 id="token-title">{t('tokenTitle')}</h1>
        <p id="token-text">{t('tokenText')}</p>
        {tried && <p className="quality bad" role="alert"><BadIcon size={14} />{t('tokenWrong')}</p>}
        <input
          className="field" type="password" autoComplete="off" autoFocus required value={token}
          aria-labelledby="token-title" aria-describedby="token-text" onChange={(event) => setToken(event.target.value)}
        />
        <button className="button primary" type="submit">{t('tokenEnter')}</button>
      </form>
    </div>
  );
}

/** Keeps a fault of one page from taking the others with it. */
class Failsafe extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const t = useT();
  return (
    <div className="center" role="alert">
      <p>{t('failedTitle')}</p>
      <button className="button" type="button" onClick={() => location.reload()}>{t('reload')}</button>
    </div>
  );
}
