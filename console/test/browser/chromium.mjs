// What tests in a real Chromium share: where the browser is, how it is started, and what pages are looked at with.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const executablePath = process.env.MW_CHROMIUM ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

/** The folder of the console; screenshots go to target/screenshots in it. */
export const home = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** The text of axe-core, to be evaluated in a page. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const screens = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

/** The node that a variable of the environment names, and why a test is to be skipped, or false. */
export function nodeAt(variable, what) {
  const url = process.env[variable]?.replace(/\/$/, '');
  return { url, skip: !url ? `${variable} names no ${what}` : existsSync(executablePath) ? false : `no Chromium at ${executablePath}` };
}

export function launch() {
  mkdirSync(join(home, 'target/screenshots'), { recursive: true });
  return chromium.launch({ executablePath, headless: true, args });
}
