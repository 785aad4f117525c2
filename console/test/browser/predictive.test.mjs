// The page of predictive controllers in a real Chromium, against a real `mw plc run examples/predictive --simulated`: MW_PLC is its
// address. Screenshots go to target/screenshots.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { blank, excess, launch, nodeAt, shot, violations } from './chromium.mjs';

const { url, skip } = nodeAt('MW_PLC', 'PLC');

describe('predictive controllers on the console', { skip, timeout: 300_000 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  const set = (path, value) => fetch(`${url}/api/v1/plc/variables`, {
    method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ path, value }),
  }).then(({ status }) => assert.equal(status, 200));

  for (const [screen, theme, language] of [['desktop', 'light', 'en'], ['phone', 'dark', 'zh']]) {
    test(`a step of a set point is seen, planned and expected: ${screen}, ${theme}, ${language}`, async () => {
      await set('main.auto', 'TRUE');
      const { page, errors, close } = await blank(browser, url, { screen, theme, language });
      await page.goto(`${url}/#/plc/tasks`);
      await page.getByRole('link', { name: language === 'zh' ? '预测控制' : 'Predictive', exact: true }).click();
      const course = (variable) => page.locator(`[data-course="${variable}"]`);
      await course('main.level[1]').locator('svg .ahead').waitFor();
      await set('main.wanted[1]', screen === 'phone' ? '12.4' : '14');
      await course('main.level[1]').getByText(screen === 'phone' ? '12.40' : '14').first().waitFor();
      await page.locator('[data-outcome="best"]').waitFor();
      // A pump has its limits of 1 and 5 V in sight.
      assert.equal(await course('main.pump[1]').locator('.limit').count(), 2);
      await page.waitForFunction(() => document.querySelector('[data-course="main.level[1]"] .past').getAttribute('d').split('L').length > 6);

      assert.deepEqual(await violations(page, { runOnly: ['wcag2a', 'wcag2aa'] }), []);
      assert.equal(await excess(page), 0, 'it is too wide');
      await shot(page, `plc-predictive-${screen}-${theme}-${language}`, true);

      await set('main.auto', 'FALSE');
      await page.locator('[data-outcome="off"]').waitFor();
      assert.deepEqual(errors, []);
      await close();
    });
  }
});
