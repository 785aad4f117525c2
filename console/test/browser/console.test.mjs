// The console in a real Chromium. Against the mock node by default; against a running one with MW_URL=http://127.0.0.1:8420.
// Screenshots go to target/screenshots.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { MockNode } from '../mock/server.mjs';
import { blank, excess, launch, noChromium as skip, shot, violations } from './chromium.mjs';

const real = process.env.MW_URL?.replace(/\/$/, '');
const onlyMock = skip || (real ? 'needs the mock node' : false);
const jsQr = readFileSync(createRequire(import.meta.url).resolve('jsqr/dist/jsQR.js'), 'utf8');
const sizes = { desktop: { width: 1280, height: 720 }, tablet: { width: 800, height: 600 } };

describe('console', { skip, timeout: 900_000 }, () => {
  let browser;
  let node;
  let url;
  let plant;

  before(async () => {
    if (!real) node = await new MockNode().start();
    url = real ?? node.url;
    plant = await (await fetch(`${url}/api/v1/plant`)).json();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });

  async function open(path, { at = url, screen = 'desktop', ...looks } = {}) {
    const { page, errors, close } = await blank(browser, at, { screen, size: sizes[screen], timezoneId: 'UTC', acceptDownloads: true, ...looks });
    await page.goto(`${at}/${path}`);
    return { page, errors, close };
  }

  const first = () => plant.assets[0];
  const numeric = () => plant.assets.flatMap((a) => a.signals).filter((s) => s.unit).slice(0, 3).map((s) => s.name);
  const paths = {
    overview: () => '#/overview',
    plant: () => '#/plant',
    trends: () => `#/trends?s=${numeric().join(',')}&w=600000`,
    identifiers: () => `#/identifiers/${first().identifier}`,
    nodes: () => '#/nodes',
    records: () => `#/records/${first().identifier}`,
  };
  const ready = {
    overview: '.tile .figure', plant: '.tree .line.signal .c-value', trends: '.readout tbody b', identifiers: '.record tbody tr',
    nodes: '.node .figure', records: '.record tbody tr',
  };
  const looks = [
    ['desktop', 'light', 'en'], ['desktop', 'dark', 'zh'], ['tablet', 'light', 'en'], ['phone', 'light', 'zh'], ['phone', 'dark', 'en'],
  ];

  // Of the pages that a tree's own test looks at, too: two looks each.
  const looksOf = (name) => (name === 'nodes' || name === 'records' ? [looks[1], looks[4]] : looks);

  for (const name of Object.keys(paths)) {
    for (const [screen, theme, language] of looksOf(name)) {
      test(`${name} at ${screen}, ${theme}, ${language}: fits, is accessible, shows no error`, async () => {
        const { page, errors, close } = await open(paths[name](), { screen, theme, language });
        await page.waitForSelector(ready[name]);
        await page.waitForTimeout(1200); // for the picture only: curves need a few samples
        await shot(page, `${name}-${screen}-${theme}-${language}`);
        assert.equal(await excess(page), 0, 'scrolls sideways');
        assert.deepEqual(await violations(page, { grave: true }), []);
        assert.deepEqual(errors, []);
        await close();
      });
    }
  }

  test('live values on the overview move', async () => {
    const { page, close } = await open('#/overview');
    const value = page.locator(`[data-signal="${numeric()[0]}"] .value`).first();
    await value.waitFor();
    const before = await value.textContent();
    await page.waitForFunction(
      ([name, old]) => document.querySelector(`[data-signal="${name}"] .value`).textContent !== old, [numeric()[0], before]);
    await close();
  });

  test('searching leaves only matching signals, arrow keys walk the tree and Enter shows the trend', async () => {
    const { page, close } = await open('#/plant');
    const asset = first();
    await page.waitForSelector('.tree .line.signal');
    await page.getByRole('searchbox').fill(asset.name);
    await page.waitForFunction((n) => document.querySelectorAll('.tree .line.asset').length === n,
      plant.assets.filter((a) => JSON.stringify(a).includes(asset.name)).length);
    await page.locator('.tree .line').first().focus();
    const signalRow = page.locator('.tree .line.signal').first();
    const row = Number(await signalRow.getAttribute('data-row'));
    for (let i = 0; i < row; i++) {
      await page.keyboard.press('ArrowDown');
      await page.waitForFunction((n) => document.activeElement?.getAttribute('data-row') === String(n), i + 1);
    }
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/trends/);
    assert.match(decodeURIComponent(page.url()), new RegExp(asset.signals[0].name));
    await close();
  });

  test('a trend zooms by wheel, moves by drag and keys, and exports what it shows', async () => {
    const { page, errors, close } = await open(paths.trends());
    const chart = page.locator('.chart');
    await page.waitForSelector(ready.trends);
    const view = async () => ({ from: Number(await chart.getAttribute('data-from')), to: Number(await chart.getAttribute('data-to')) });
    const box = await chart.boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -400);
    await page.waitForFunction(() => document.querySelector('.chart').dataset.to - document.querySelector('.chart').dataset.from < 400_000);
    const zoomedIn = await view();
    await page.mouse.down();
    await page.mouse.move(x + 200, y, { steps: 8 });
    await page.mouse.up();
    const dragged = await view();
    assert.ok(dragged.from < zoomedIn.from, 'dragging to the right shows earlier time');
    assert.ok(Math.abs(dragged.to - dragged.from - (zoomedIn.to - zoomedIn.from)) < 1, 'dragging keeps the span');
    await chart.focus();
    await page.keyboard.press('ArrowLeft');
    assert.ok((await view()).from < dragged.from, 'the left arrow shows earlier time');
    await page.waitForURL(/from=\d+/);
    await page.mouse.move(x - 60, y);
    await page.waitForSelector('.hair');
    await shot(page, 'trends-zoomed');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export CSV' }).click()]);
    const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n');
    assert.match(lines[0], /^signal,unit,time,/);
    assert.ok(lines.length > 10);
    const shown = await view();
    for (const line of lines.slice(1)) {
      const at = Date.parse(line.split(',')[2]);
      assert.ok(at >= shown.from && at <= shown.to, `${line} lies outside the view`);
    }
    assert.deepEqual(errors, []);
    await close();
  });

  test('two fingers stretch a trend and keep the times under them, one finger moves it, a tap sets the cursor', async () => {
    const { page, errors, close } = await open(paths.trends(), { screen: 'phone' });
    await page.waitForSelector('.readout tbody b');
    const box = await page.locator('.chart').boundingBox();
    const drawn = () => page.locator('.chart').evaluate(async ({ dataset }) => {
      for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
      return { from: Number(dataset.from), to: Number(dataset.to) };
    });
    const view = async () => {
      for (let seen = await drawn(); ;) {
        await page.waitForTimeout(200);
        const now = await drawn();
        if (now.from === seen.from && now.to === seen.to) return now;
        seen = now;
      }
    };
    const session = await page.context().newCDPSession(page);
    const touch = (type, ...xs) => session.send('Input.dispatchTouchEvent', {
      type, touchPoints: xs.map((x, id) => ({ x: box.x + x, y: box.y + 120, id })),
    });
    const drag = async (from, to) => {
      await touch('touchStart', ...from);
      for (let step = 1; step <= 10; step++) await touch('touchMove', ...from.map((x, i) => x + ((to[i] - x) * step) / 10));
      await touch('touchEnd');
    };
    await drag([250], [252]);
    await page.waitForSelector('.hair');
    await drag([150], [200]);
    const before = await view();
    await drag([150, 250], [125, 275]);
    const after = await view();
    const ratio = (after.to - after.from) / (before.to - before.from);
    assert.ok(ratio > 0.6 && ratio < 0.72, `fingers 100 pixels apart went to 150: two thirds of the span, not ${ratio}`);
    await drag([150], [250]);
    const moved = await view();
    assert.ok(moved.from < after.from && Math.abs(moved.to - moved.from - after.to + after.from) < 1);
    assert.deepEqual(errors, []);
    await close();
  });

  test('every function of a trend can be reached with the keyboard alone, and focus is seen', async () => {
    const { page, close } = await open(paths.trends());
    await page.waitForSelector(ready.trends);
    const reached = new Set();
    for (let i = 0; i < 60 && !reached.has('chart'); i++) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate(() => {
        const { activeElement: element } = document;
        const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element);
        const seen = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' || element.closest('.ant-select') !== null;
        return { name: element.getAttribute('aria-label') ?? element.textContent, chart: element.matches('.chart'), seen, borderColor };
      });
      assert.ok(focus.seen, `the focus on ${focus.name} is not seen`);
      reached.add(focus.chart ? 'chart' : focus.name);
    }
    for (const name of ['Overview', 'Plant', 'Identifiers', '1 min', 'Live', 'Earlier', 'Zoom in', 'Export CSV', 'Copy link', 'chart']) {
      assert.ok([...reached].some((each) => each.includes(name)), `${name} was not reached: ${[...reached].join(', ')}`);
    }
    const span = () => page.locator('.chart').evaluate(({ dataset }) => dataset.to - dataset.from);
    const before = await span();
    await page.keyboard.press('+');
    await page.waitForFunction((old) => document.querySelector('.chart').dataset.to - document.querySelector('.chart').dataset.from < old, before);
    await page.keyboard.press('Shift+ArrowLeft');
    await page.waitForSelector('.hair');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.hair', { state: 'detached' });
    await page.keyboard.press('l');
    await page.waitForSelector('.follow[aria-pressed="true"]');
    await close();
  });

  test('who wants less motion gets none', async () => {
    const { page, close } = await open('#/overview', { motion: 'reduce' });
    await page.waitForSelector('.tile .figure');
    const moving = await page.evaluate(() => document.getAnimations().length);
    assert.equal(moving, 0);
    await close();
  });

  test('an address with a fixed range shows that range again', async () => {
    const to = Date.now() - 3_600_000;
    const { page, close } = await open(`#/trends?s=${numeric()[0]}&from=${to - 86_400_000}&to=${to}`);
    await page.waitForSelector('.chart');
    assert.equal(Number(await page.locator('.chart').getAttribute('data-to')), to);
    await close();
  });

  test('writing asks first, checks the range and shows what the device then holds', { skip: onlyMock }, async () => {
    const { page, errors, close } = await open('#/plant?q=pump-1');
    await page.getByRole('button', { name: 'Write pump-1/voltage' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New value').fill('11');
    await dialog.getByText('Must lie between 0 and 10.').waitFor();
    assert.ok(await dialog.getByRole('button', { name: 'Write', exact: true }).isDisabled());
    await dialog.getByLabel('New value').fill('4.25');
    await dialog.getByRole('button', { name: 'Write', exact: true }).click();
    await dialog.getByText('The device now holds').waitFor();
    await shot(page, 'write');
    assert.equal(node.written.get('pump-1/voltage'), 4.25);
    assert.deepEqual(errors, []);
    await close();
  });

  test('a pasted identifier is understood, and its label holds it as another decoder reads it', async () => {
    const { page, errors, close } = await open('#/identifiers');
    for (const pasted of [`hdl:${first().identifier}`, ` https://hdl.handle.net/${first().identifier} `]) {
      await page.locator('.ask input').fill(pasted);
      await page.keyboard.press('Enter');
      await page.waitForSelector(ready.identifiers);
      assert.equal(await page.locator('.card h2').textContent(), first().identifier);
      assert.equal(await page.locator('.ask input').inputValue(), first().identifier);
    }
    const picture = (await page.locator('.label svg').screenshot()).toString('base64');
    await page.evaluate(jsQr);
    const decoded = await page.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const pen = canvas.getContext('2d');
      pen.drawImage(image, 0, 0);
      return window.jsQR(pen.getImageData(0, 0, image.width, image.height).data, image.width, image.height)?.data;
    }, picture);
    assert.equal(decoded, first().identifier);
    assert.deepEqual(errors, []);
    await close();
  });

  test('a text that is no identifier is answered with what it lacks and what may be meant', async () => {
    const { page, close } = await open('#/identifiers');
    await page.locator('.ask input').fill(first().name);
    await page.keyboard.press('Enter');
    await page.getByText('There is no slash in this text.').waitFor();
    await page.locator('.meant a').first().click();
    await page.waitForSelector(ready.identifiers);
    assert.equal(await page.locator('.card h2').textContent(), first().identifier);
    await page.goto(`${url}/#/identifiers/10.1000/182`);
    await page.getByText('not for 10.1000').waitFor();
    await close();
  });

  test('a console that the browser already has is shown again', async () => {
    const { page, errors, close } = await open('#/overview');
    for (let visit = 0; visit < 2; visit++) {
      await page.waitForSelector('.tile .figure');
      await page.goto('about:blank');
      await page.goto(`${url}/#/overview`);
    }
    await page.waitForSelector('.tile .figure');
    assert.deepEqual(errors, []);
    await close();
  });

  test('an unknown identifier is answered with the reason', async () => {
    const { page, close } = await open('#/identifiers');
    await page.locator('.ask input').fill('88.118.7/nothing-here');
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText('88.118.7/nothing-here does not resolve.').waitFor();
    await close();
  });

  test('the language switches at once and stays', async () => {
    const { page, close } = await open('#/overview');
    if (!onlyMock) await page.getByText('nobody listens at mqtt://127.0.0.1:1883').waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('link', { name: '趋势' }).waitFor();
    if (!onlyMock) await page.getByText('mqtt://127.0.0.1:1883 无人监听：代理是否在运行？').waitFor();
    await page.reload();
    await page.getByRole('link', { name: '趋势' }).waitFor();
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    await close();
  });

  test('a lost node is announced, values are marked stale, and the console comes back by itself', { skip: onlyMock }, async () => {
    const other = await new MockNode().start();
    const { page, close } = await open('#/overview', { at: other.url });
    await page.waitForSelector('.tile .figure');
    await other.stop();
    await page.getByText('No connection to the node.').waitFor();
    await page.waitForSelector('.overview.is-stale');
    assert.equal(await page.locator('.link.live').count(), 0);
    await shot(page, 'lost');
    await other.start();
    await page.getByText('No connection to the node.').waitFor({ state: 'detached' });
    assert.equal(await page.locator('.overview.is-stale').count(), 0);
    await close();
    await other.stop();
  });

  test('a device that fails is seen on every page, with the reason and since when, and that it is back', { skip: onlyMock }, async () => {
    const other = await new MockNode().start();
    const overview = await open('#/overview', { at: other.url });
    const tree = await open('#/plant?q=tank-1', { at: other.url });
    const trends = await open('#/trends?s=tank-1/outflow&w=60000', { at: other.url });
    await overview.page.waitForSelector('.mimic.tank .value');
    await trends.page.waitForSelector(ready.trends);
    other.breakConnection('plc-io');
    await overview.page.locator('.mimic.bad', { hasText: 'tank-1' }).getByText(/^Connection lost · (<\s)?\d+\ss$/).waitFor();
    await overview.page.locator('.connection.bad', { hasText: 'plc-io' }).getByText('Not connected').waitFor();
    await overview.page.getByText('closed the connection').waitFor();
    await tree.page.locator('.line.signal', { hasText: 'level' }).getByText('Connection lost').waitFor();
    await tree.page.locator('.line.place').first().getByText(/\d+ Bad/).waitFor();
    await trends.page.locator('.readout').getByText('Connection lost').waitFor();
    for (const [name, { page }] of Object.entries({ overview, tree, trends })) {
      await page.waitForSelector('.badmark');
      await shot(page, `fault-${name}`);
    }
    assert.deepEqual(await violations(overview.page, { grave: true }), []);
    other.mendConnection();
    await overview.page.locator('.mimic.bad', { hasText: 'tank-1' }).waitFor({ state: 'detached' });
    await tree.page.locator('.line.signal', { hasText: 'level' }).getByText('Good').waitFor();
    await trends.page.locator('.readout').getByText('Good').waitFor();
    for (const { errors, close } of [overview, tree, trends]) {
      assert.deepEqual(errors, []);
      await close();
    }
    await other.stop();
  });

  test('a protected node asks for its token, and says when it is wrong', { skip: onlyMock }, async () => {
    const guarded = await new MockNode({ token: 'right' }).start();
    const { page, close } = await open('#/overview', { at: guarded.url });
    await page.locator('.dialog input').fill('wrong');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('did not accept').waitFor();
    await page.locator('.dialog input').fill('right');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForSelector('.tile .figure');
    await close();
    await guarded.stop();
  });

  test('ten thousand signals keep the document small', { skip: onlyMock }, async () => {
    const large = await new MockNode({ extra: 10_000 }).start();
    const { page, errors, close } = await open('#/plant', { at: large.url });
    await page.getByRole('button', { name: 'Expand all' }).click();
    await page.waitForSelector('.tree .line.signal');
    await page.locator('.tree').evaluate((tree) => { tree.scrollTop = tree.scrollHeight / 2; });
    await page.waitForFunction(() => /cell-/.test(document.querySelector('.tree .line.signal .c-value')?.dataset.signal ?? ''));
    await page.waitForFunction(() => [...document.querySelectorAll('.tree .line.signal .c-value')].some((c) => /\d/.test(c.textContent)));
    assert.ok((await page.locator('.tree .line').count()) < 80);
    assert.deepEqual(errors, []);
    await close();
    await large.stop();
  });
});
