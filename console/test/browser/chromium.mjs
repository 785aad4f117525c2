// What tests in a real Chromium share: where the browser is, how it is started, and what pages are opened and looked at with.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const executablePath = process.env.MW_CHROMIUM ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The folder of the console; screenshots go to target/screenshots in it. */
export const home = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const screens = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
/** Why tests are to be skipped, or false. */
export const noChromium = existsSync(executablePath) ? false : `no Chromium at ${executablePath}`;

/** The node that a variable of the environment names, and why a test is to be skipped, or false. */
export function nodeAt(variable, what) {
  const url = process.env[variable]?.replace(/\/$/, '');
  return { url, skip: url ? noChromium : `${variable} names no ${what}` };
}

export function launch() {
  mkdirSync(join(home, 'target/screenshots'), { recursive: true });
  return chromium.launch({ executablePath, headless: true, args });
}

/**
 * An empty page that remembers every error it shows, and every request that leaves the node at an address.
 * @param more further options of its context
 */
export async function blank(browser, at, { screen = 'desktop', size = screens[screen], theme = 'light', language = 'en', motion = 'no-preference', ...more } = {}) {
  const context = await browser.newContext({
    viewport: size, colorScheme: theme, locale: language === 'zh' ? 'zh-CN' : 'en-GB', hasTouch: screen === 'phone', reducedMotion: motion, ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(at) && !/^(data|blob):/.test(request.url())) errors.push(`outside request ${request.url()}`);
  });
  return { page, errors, close: () => context.close() };
}

export const shot = (page, name, fullPage = false) => page.screenshot({ path: join(home, `target/screenshots/${name}.png`), fullPage });

/** What axe finds wrong in a page, a line for each rule; nothing that is less than grave where that is asked for. */
export async function violations(page, { grave = false, ...options } = { resultTypes: ['violations'] }) {
  await page.evaluate(axe);
  const { violations: found, passes } = await page.evaluate((asked) => window.axe.run(document, asked), options);
  if (passes.length <= 5) return ['axe looked at nothing'];
  return found.filter(({ impact }) => !grave || impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`).slice(0, 3).join(' | ')}`);
}

/** By how many pixels a page is wider than its window. */
export const excess = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
