// The pages about identifiers in a real Chromium, against a real `mw id lab`: MW_LAB is the console's address, MW_SECRET the
// file with the secret of 88.118.7, MW_TRACE the output of `mw id resolve --root --trace --json` of 88.118.7/pump-1 there.
// Screenshots go to target/screenshots.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { blank, excess, launch, nodeAt, shot, violations } from './chromium.mjs';

const { url, skip } = nodeAt('MW_LAB', 'lab');
const pump = '88.118.7/pump-1';

describe('the console on a lab', { skip, timeout: 900_000 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  async function open(path, looks) {
    const { page, errors, close } = await blank(browser, url, looks);
    await page.goto(`${url}/${path}`);
    return { page, errors, close };
  }

  test('what is pasted is read at once and its journey is the one that mw id resolve tells', async () => {
    const { page, errors, close } = await open('');
    await page.locator('.ask input').fill(pump);
    await page.locator('.code').getByText('Valid').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.hop').nth(3).waitFor();
    const drawn = await page.locator('.hop').evaluateAll((hops) => hops.map(({ dataset }) => [dataset.asked, dataset.what, dataset.answer]));
    const told = JSON.parse(readFileSync(process.env.MW_TRACE, 'utf8')).trace.map((line) => [line.asked, line.what, line.answer]);
    assert.deepEqual(drawn, told);
    assert.equal(await page.locator('.wire').count(), told.length, 'every hop has its arrows');
    const names = await page.locator('.hop strong').allTextContents();
    assert.deepEqual(names, ['root', 'national', 'second-level', 'enterprise']);
    const [first, last] = [await page.locator('.hop .box').first().boundingBox(), await page.locator('.hop .box').last().boundingBox()];
    assert.ok(last.x > first.x && last.y > first.y, 'lower tiers stand lower and to the right');
    await page.getByText(pump).last().waitFor();
    assert.deepEqual(errors, []);
    await close();
  });

  test('through the recursive node the answer comes from memory, with its age', async () => {
    const { page, errors, close } = await open(`#/identifiers/${pump}`);
    await page.getByRole('button', { name: 'Through the recursive node' }).click();
    await page.waitForURL(/via=recursive/);
    await page.locator('.hop').first().waitFor();
    await page.reload();
    await page.locator('.memory').getByText('from memory').waitFor();
    assert.equal(await page.locator('.hop').count(), 1);
    assert.deepEqual(errors, []);
    await close();
  });

  test('a wrong check digit is marked at its place', async () => {
    const { page, close } = await open('');
    await page.locator('.ask input').fill('(01)09506000134353');
    assert.equal(await page.locator('.code mark').textContent(), '3');
    await page.locator('.fault').getByText('must be 2').waitFor();
    await close();
  });

  test('the tree shows every node, live', async () => {
    const { page, errors, close } = await open('#/nodes');
    await page.locator('[data-node="mirror"] [data-lag]').waitFor();
    assert.equal(await page.locator('[data-node]').count(), 7);
    // Edges are drawn when the nodes have their places.
    await page.locator('.edges path').nth(5).waitFor({ state: 'attached' });
    assert.equal(await page.locator('.edges path').count(), 6, 'four delegations, a mirror, and who asks the root');
    await page.waitForFunction(() => Number(document.querySelector('[data-node="recursive"] [data-rate]').dataset.rate) > 0);
    await page.waitForFunction(() => Number(document.querySelector('[data-hits]').dataset.hits) > 0);
    const requests = page.locator('[data-node="enterprise"] .figures-row dd').last();
    const before = await requests.textContent();
    await page.waitForFunction(
      (old) => [...document.querySelectorAll('[data-node="enterprise"] .figures-row dd')].at(-1).textContent !== old, before);
    assert.deepEqual(errors, []);
    await close();
  });

  test('a record is found, edited with the keyboard alone, and written after a preview', async () => {
    const { page, errors, close } = await open('#/records/88.118.7/');
    await page.getByRole('searchbox').fill('PUMP-2');
    await page.waitForFunction(() => document.querySelectorAll('.known a').length === 1);
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const tabTo = async (matches) => {
      for (let i = 0; i < 80; i++) {
        if (await page.evaluate((selector) => document.activeElement?.matches(selector), matches)) return;
        await page.keyboard.press('Tab');
      }
      assert.fail(`${matches} was not reached by Tab`);
    };
    await tabTo('.known a');
    await press('Enter');
    await page.locator('.record-head h2').getByText('88.118.7/pump-2').waitFor();
    await tabTo('.signed button');
    await press('Enter');
    await page.keyboard.type('not this one');
    await press('Enter');
    await page.locator('.signin [role="alert"]').waitFor();
    await page.locator('.signin input[type="password"]').fill('');
    await page.locator('.signin input[type="file"]').setInputFiles(process.env.MW_SECRET);
    await page.waitForFunction(() => document.querySelector('.signin input[type="password"]').value.length > 8);
    await page.locator('.signin input[type="password"]').focus();
    await press('Enter');
    await page.getByText('Signed in as 300:0.NA/88.118.7').waitFor();
    await page.locator('.record-head button').waitFor();
    await tabTo('.record-head button');
    await press('Enter');
    await page.locator('.drafts').waitFor();
    await tabTo('.f-data textarea');
    await press('Control+A');
    await page.keyboard.type('Pump two, changed in the console');
    await tabTo('.editor .primary');
    await press('Enter');
    await page.locator('.differences .after').getByText('changed in the console').waitFor();
    await shot(page, 'lab-preview');
    await tabTo('.preview .primary');
    await press('Enter');
    await page.getByText('Written, and durable.').waitFor();
    const stored = await page.evaluate(() => JSON.stringify({ ...window.localStorage, ...window.sessionStorage }) + location.href + document.cookie);
    assert.ok(!stored.includes(readFileSync(process.env.MW_SECRET, 'utf8').trim()), 'the secret is kept nowhere');
    assert.deepEqual(errors.filter((error) => !error.includes('403')), [], 'but for the wrong secret');
    await close();
  });

  const looks = [['desktop', 'light', 'en'], ['desktop', 'dark', 'zh'], ['phone', 'light', 'zh'], ['phone', 'dark', 'en']];
  const paths = { identifiers: [`#/identifiers/${pump}`, '.hop'], nodes: ['#/nodes', '[data-lag]'], records: [`#/records/${pump}`, '.record tbody tr'] };
  for (const [name, [path, ready]] of Object.entries(paths)) {
    for (const [screen, theme, language] of looks) {
      test(`${name} at ${screen}, ${theme}, ${language}: fits, is accessible, shows no error`, async () => {
        const { page, errors, close } = await open(path, { screen, theme, language, motion: 'reduce' });
        await page.locator(ready).first().waitFor();
        assert.equal(await page.evaluate(() => document.getAnimations().length), 0, 'who wants less motion gets none');
        await shot(page, `lab-${name}-${screen}-${theme}-${language}`);
        assert.equal(await excess(page), 0, 'scrolls sideways');
        assert.equal(await page.locator('html').getAttribute('lang'), language === 'zh' ? 'zh-CN' : 'en');
        assert.deepEqual(await violations(page, { grave: true }), []);
        assert.deepEqual(errors, []);
        await close();
      });
    }
  }
});
