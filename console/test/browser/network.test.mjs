// The page about the network in a real Chromium, against a real `mw up examples/cell/plant.yaml`: MW_NETWORK is its address.
// An engineer sees the cell proved, overloads it, is told what is in the way, mends it, and draws a cell of his own.
// Screenshots go to target/screenshots.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { blank, excess, launch, nodeAt, shot as picture, violations } from './chromium.mjs';

const { url, skip } = nodeAt('MW_NETWORK', 'node');
const sizes = { desktop: { width: 1280, height: 900 } };

describe('the network in the console', { skip, timeout: 900_000 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  async function open({ screen = 'desktop', ...looks } = {}) {
    const { page, errors, close } = await blank(browser, url, { screen, size: sizes[screen], ...looks });
    await page.goto(`${url}/#/network`);
    await page.locator('[data-result]').waitFor();
    return { page, errors, close };
  }

  const result = (page, wanted) => page.locator(`[data-result="${wanted}"]`).waitFor();
  const plan = async (page, wanted) => {
    await page.locator('.strip .primary').click();
    await result(page, wanted);
  };
  const shot = (page, name) => picture(page, `network-${name}`, true);

  test('the plant is drawn, proved, and a stream is followed hop by hop', async () => {
    const { page, errors, close } = await open();
    await page.locator('[data-node="sw-3"]').waitFor();
    assert.equal(await page.locator('.vertex').count(), 10);
    assert.equal(await page.locator('.edge').count(), 10);
    await plan(page, 'proved');
    const answer = await (await fetch(`${url}/api/v1/network/plan`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: await (await fetch(`${url}/api/v1/network`)).text(),
    })).json();
    await page.locator('[data-stream="image"] .name').click();
    const hops = await page.locator('[data-hop]').evaluateAll((rows) => rows.map((row) => row.dataset.hop));
    assert.deepEqual(hops, answer.streams.find(({ name }) => name === 'image').hops.map(({ from, to }) => `${from}>${to}`));
    assert.equal(await page.locator('.edge.way').count(), hops.length, 'its way stands out in the drawing');
    const delay = await page.locator('[data-stream="image"] [data-delay]').getAttribute('data-delay');
    // 12 µs on each of three links, twice 2 µs of processing and 60 m of cable between the switches
    assert.ok(Number(delay) >= 40_342 && Number(delay) <= 250_000, delay);
    assert.equal(await page.locator('[data-port]').count(), answer.ports.length);
    // what is left of each port, in numbers, and never more than there is
    for (const { from, to, rest } of answer.ports) {
      const told = parseFloat(await page.locator(`[data-port="${from}>${to}"] [data-rest]`).textContent());
      assert.ok(told <= rest * 100 + 1e-9 && told > rest * 100 - 0.1001, `${from} → ${to}: ${told} of ${rest}`);
    }
    const { beside } = answer.streams.find(({ name }) => name === 'alarms');
    assert.equal(await page.locator('[data-stream="alarms"] [data-delay]').getAttribute('data-delay'), String(beside));
    await shot(page, 'proved');
    assert.deepEqual(errors, []);
    await close();
  });

  test('an overload is refused with its reason on the drawing, and mended by the keyboard', async () => {
    const { page, errors, close } = await open();
    await page.locator('[data-stream="feedback-1"] .name').click();
    await page.locator('[data-panel="feedback-1"] input[name="size"]').fill('7kB');
    await page.keyboard.press('Enter');
    // 7000 B at 100 Mbit/s are 560 µs, of every 500 µs
    await result(page, 'impossible');
    const reason = await page.locator('.reasons li').first().textContent();
    assert.match(reason, /feedback-1/);
    assert.ok(await page.locator('.edge.bad').count() > 0, 'the link is marked');
    await page.locator('[data-stream="feedback-1"] .quality.bad').waitFor();
    await shot(page, 'overloaded');
    // any repair that is told is one with which all streams arrive
    await page.locator('[data-repair]').first().getByRole('button').click();
    await result(page, 'proved');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.reload();
    await page.locator('[data-stream="feedback-1"] .name').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('[data-panel="feedback-1"] input[name="size"]').inputValue(), '7kB', 'the draft is kept');
    await page.locator('[data-panel="feedback-1"] input[name="size"]').fill('200B');
    await page.locator('[data-panel="feedback-1"] input[name="size"]').press('Enter');
    await result(page, 'proved');
    await page.getByRole('button', { name: 'Back to the plant file' }).click();
    await result(page, 'changed');
    assert.deepEqual(errors, []);
    await close();
  });

  test('a stream is sent twice: both ways are drawn and listed apart; the reasons are said in the language of the page', async () => {
    const { page, errors, close } = await open({ language: 'zh' });
    await page.locator('[data-stream="feedback-1"] .name').click();
    await page.locator('select[name="redundancy"]').selectOption('2');
    await plan(page, 'proved');
    // the switches are linked in a ring: one way over one link of it, the other over two
    const ring = await page.locator('.edge[data-member]').evaluateAll((edges) => edges.map(({ dataset }) => `${dataset.member} ${dataset.link}`));
    assert.equal(ring.length, 3);
    assert.deepEqual(new Set(ring.map((edge) => edge[0])), new Set(['1', '2']));
    assert.equal(await page.locator('.edge.second').count(), ring.filter((edge) => edge.startsWith('2')).length);
    assert.equal(await page.locator('tbody[data-member]').count(), 2);
    await shot(page, 'redundant-zh');
    await page.locator('[data-panel="feedback-1"] input[name="size"]').fill('7kB');
    await page.keyboard.press('Enter');
    await result(page, 'impossible');
    assert.match(await page.locator('.reasons li').first().textContent(), /截止期/);
    assert.match(await page.locator('[data-repair]').last().textContent(), /放弃/);
    await page.getByRole('button', { name: '恢复为工厂文件' }).click();
    assert.deepEqual(errors, []);
    await close();
  });

  test('where all streams send when they like, their bounds are told and held against their deadlines; why one has none, in the language of the page', async () => {
    const { page, errors, close } = await open({ language: 'zh' });
    const drawing = {
      switches: { a: { ports: 4, rate: '100Mbps' }, b: { ports: 4, rate: '100Mbps' } }, stations: { io: {}, plc: {} }, links: [['io', 'a'], ['a', 'b'], ['b', 'plc']].map((between) => ({ between })),
      streams: { alarm: { talker: 'io', listeners: ['plc'], size: '100B', period: '10ms', deadline: '500us', class: 'sporadic' } },
    };
    const draw = async (network) => {
      await page.evaluate((text) => window.localStorage.setItem('millwright.network.draft', text), JSON.stringify(network));
      await page.reload();
      await plan(page, 'bounded');
    };
    await draw(drawing);
    // by hand: three times 131.36 µs of frames in the way, 8 µs for its own and twice 2 µs of processing
    const delay = page.locator('[data-stream="alarm"] [data-delay]');
    assert.ok(Math.abs(Number(await delay.getAttribute('data-delay')) - 406_080) <= 1);
    await page.getByText('最坏情况下按时：全部 1 条偶发流').waitFor();
    assert.equal(await page.locator('[data-tool="failures"]').isDisabled(), true);
    await page.locator('[data-stream="alarm"] .name').click();
    await page.locator('input[name="deadline"]').fill('406us');
    await page.keyboard.press('Enter');
    await page.getByText('未能证明按时：1 条偶发流中的 1 条').waitFor();
    await shot(page, 'bounded-zh');
    drawing.switches.b.shaper = 'asynchronous';
    await draw(drawing);
    assert.match(await page.locator('.reasons').textContent(), /端口 b\/plc 对偶发流作异步整形/);
    assert.deepEqual(errors, []);
    await close();
  });

  test('what fails is chosen in the drawing by the keyboard, drawn, and told; all failures are gone through', async () => {
    const { page, errors, close } = await open();
    assert.equal(await page.locator('[data-tool="failures"]').isDisabled(), true, 'there is no plan yet');
    await plan(page, 'proved');
    await page.locator('[data-tool="failures"]').click();
    await page.locator('[data-link="sw-1|sw-3"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-known]').waitFor();
    assert.equal(await page.locator('.edge.gone').count(), 1);
    assert.equal(await page.locator('[data-stream="alarms"] [data-fate]').getAttribute('data-fate'), 'unknown', 'its bound was that of the plan');
    await page.locator('[data-moved="image"] button').click();
    assert.equal(await page.locator('.edge.way[data-link="sw-2|sw-3"]').count(), 1, 'its new way stands out');
    assert.equal(await page.locator('.edge.way[data-link="sw-1|sw-3"]').count(), 0);
    await page.locator('.all .button').click();
    // ten links, three switches, seven stations
    await page.waitForFunction(() => document.querySelectorAll('[data-atlas]').length === 20);
    await page.locator('.all .button').click();
    await page.waitForFunction(() => document.querySelectorAll('[data-atlas]').length === 40);
    await page.locator('[data-atlas*="+"] .name').first().click();
    const both = (await page.locator('[data-failure]').getAttribute('data-failure')).split('+');
    assert.equal(both.length, 2, 'two fail at once');
    for (const part of both) await page.locator(part.includes('|') ? `.edge.gone[data-link="${part.split('|').sort().join('|')}"]` : `.vertex.gone[data-node="${part}"]`).waitFor();
    await shot(page, 'two-failures');
    await page.locator('[data-atlas="sw-2"] .name').click();
    await page.locator('.vertex.gone[data-node="sw-2"]').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('[data-failure]').waitFor({ state: 'detached' });
    assert.deepEqual(errors, []);
    await close();
  });

  test('two nodes are linked by pulling from one to the other, and by the keyboard', async () => {
    const { page, errors, close } = await open();
    const middle = async (name) => {
      const { x, y, width, height } = await page.locator(`[data-node="${name}"]`).boundingBox();
      return [x + width / 2, y + height / 2];
    };
    const pull = async (from, to, ...then) => {
      await page.mouse.move(...await middle(from));
      await page.mouse.down();
      await page.mouse.move(...await middle(to), { steps: 8 });
      for (const key of then) await page.keyboard.press(key);
      await page.mouse.up();
    };
    await pull('controller', 'sw-1');
    await pull('robot-1', 'sw-3', 'Escape');
    assert.equal(await page.locator('.edge').count(), 10, 'linked already, or let go');
    await pull('robot-1', 'sw-3');
    await page.locator('.edge.chosen[data-link="robot-1|sw-3"]').waitFor();
    await page.locator('.pull').waitFor({ state: 'detached' });
    await page.locator('[data-node="panel"]').focus();
    await page.keyboard.press('Enter');
    const add = page.locator('.drawing .tools').getByRole('button', { name: 'Link', exact: true });
    await add.focus();
    await page.keyboard.press('Enter');
    const form = page.locator('[data-add="link"]');
    assert.equal(await form.getByLabel('One end').inputValue(), 'panel', 'what was chosen is an end');
    await form.getByLabel('Other end').selectOption('sw-1');
    await form.getByText('These two are linked already.').waitFor();
    await form.getByLabel('Other end').selectOption('sw-2');
    await form.getByLabel('Other end').press('Tab');
    await form.locator('.primary').press('Enter');
    await page.locator('.edge.chosen[data-link="panel|sw-2"]').waitFor();
    await plan(page, 'proved');
    assert.deepEqual(errors, []);
    await close();
  });

  test('a cell is drawn from nothing: switch, stations, stream, and a mistake is told', async () => {
    const { page, close } = await open();
    for (const name of ['sw-1', 'sw-2', 'sw-3', 'controller', 'robot-1', 'robot-2', 'conveyor', 'io-1', 'camera-1', 'panel']) {
      await page.locator(`[data-node="${name}"]`).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Delete');
      await page.locator(`[data-node="${name}"]`).waitFor({ state: 'detached' });
    }
    await page.getByText('Begin with an example').waitFor();
    const add = async (kind, fill) => {
      await page.locator('.drawing .tools').getByRole('button', { name: kind, exact: true }).click();
      await fill(page.locator('[data-add]'));
      await page.locator('[data-add] .primary').click();
      await page.locator('[data-add]').waitFor({ state: 'detached' });
    };
    await add('Switch', () => undefined);
    await add('Station', (form) => form.getByLabel('Name').fill('plc'));
    await add('Station', (form) => form.getByLabel('Name').fill('drive'));
    await add('Stream', async (form) => {
      await form.getByLabel('Talker').selectOption('plc');
      await form.getByLabel('Listeners').selectOption('drive');
    });
    await plan(page, 'proved');
    await page.locator('[data-panel="stream-1"] input[name="period"]').fill('1 fortnight');
    await page.keyboard.press('Enter');
    await result(page, 'refused');
    await page.locator('.said').getByText('"1 fortnight" is not a duration').waitFor();
    await close();
  });

  test('a link becomes radio: told apart without colour, with the probability of its bounds; all is copied as it is', async () => {
    const { page, errors, close } = await open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const tool = (name) => page.locator('.drawing .tools').getByRole('button', { name, exact: true }).click();
    await tool('Station');
    await page.locator('[data-add]').getByLabel('Name').fill('agv');
    await page.locator('[data-add]').getByLabel('Link to').selectOption('sw-3');
    await page.locator('[data-add] .primary').click();
    await page.locator('[data-link="agv|sw-3"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('select[name="kind"]').selectOption('5g');
    await page.locator('input[name="delay"]').fill('50% 3ms, 99.9% 7ms');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('[data-mark="agv|sw-3"] .mark text').textContent(), '5G');
    assert.deepEqual(await page.locator('.legend [data-kind]').evaluateAll((kinds) => kinds.map(({ dataset }) => dataset.kind)), ['cable', '5g']);
    assert.match(await page.locator('[data-link="agv|sw-3"]').getAttribute('aria-label'), /5G/);
    await page.locator('[data-node="sw-3"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('select[name="forwarding"]').selectOption('cut-through');
    await page.locator('select[name="shaper"]').selectOption('credit');
    await page.locator('input[name="slope"]').fill('50Mbps');
    await page.keyboard.press('Enter');
    await page.locator('select[name="domain"]').selectOption('+');
    await page.locator('input[name="budget"]').fill('8ms');
    await page.keyboard.press('Enter');
    await page.locator('[data-domain="domain-1"] text', { hasText: 'domain-1 · cell · ≤ 8 ms' }).waitFor();
    await tool('Stream');
    await page.locator('[data-add]').getByLabel('Name').fill('steer');
    await page.locator('[data-add]').getByLabel('Talker').selectOption('controller');
    await page.locator('[data-add]').getByLabel('Listeners').selectOption('agv');
    await page.locator('[data-add]').getByLabel('Period').fill('20ms');
    await page.locator('[data-add] .primary').click();
    await page.locator('[data-panel="steer"] select').nth(1).selectOption('sporadic');
    await plan(page, 'proved');
    const delay = page.locator('[data-stream="steer"] [data-delay]');
    // 7 ms of radio, and less than a tenth at two ports
    assert.ok(Math.abs(Number(await delay.getAttribute('data-delay')) - 7_050_000) < 50_000, await delay.getAttribute('data-delay'));
    assert.equal(await delay.locator('[data-probability]').getAttribute('data-probability'), '0.999');
    await page.locator('[data-likely="false"]').waitFor();
    assert.match(await page.locator('[data-share="domain-1"]').textContent(), /^≤ 7\.0\d+ ms of 8 ms$/);
    await page.locator('[data-panel="steer"] input[name="loss"]').fill('1e-3');
    await page.keyboard.press('Enter');
    await page.locator('[data-likely="true"]').waitFor();
    await shot(page, 'radio');
    await page.locator('[data-node="sw-3"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('input[name="sync"]').fill('500ns');
    await page.keyboard.press('Enter');
    await tool('Copy as plant file');
    const copied = await page.evaluate(() => window.navigator.clipboard.readText());
    assert.ok(copied.includes('{"between":["agv","sw-3"],"delay":{"50%":"3ms","99.9%":"7ms"},"kind":"5g"}'), copied);
    assert.match(copied, /"sw-3": \{.*"forwarding":"cut-through","shaper":"50Mbps","domain":"domain-1"\}/);
    assert.ok(copied.includes('  domains:\n    "domain-1": {"kind":"cell","budget":"8ms","sync":"500ns"}\n  switches:\n'), copied);
    assert.match(copied, /"steer": \{.*"class":"sporadic","loss":"1e-3"\}/);
    assert.deepEqual(errors, []);
    await close();
  });

  test('64 switches on a phone: all in sight, brought nearer with two fingers, found by name, the way of a stream with its ends', async () => {
    const { page, errors, close } = await open({ screen: 'phone' });
    const cells = Array.from({ length: 64 }, (_, n) => [Math.floor(n / 8), n % 8]);
    const drawing = {
      switches: Object.fromEntries(cells.map(([i, j]) => [`sw-${i}-${j}`, { ports: 8 }])), stations: Object.fromEntries(cells.map(([i, j]) => [`io-${i}-${j}`, {}])),
      links: cells.flatMap(([i, j]) => [[`io-${i}-${j}`, `sw-${i}-${j}`], ...(i > 0 ? [[`sw-${i - 1}-${j}`, `sw-${i}-${j}`]] : []), ...(j > 0 ? [[`sw-${i}-${j - 1}`, `sw-${i}-${j}`]] : [])]).map((between) => ({ between })),
      streams: { x: { talker: 'io-0-0', listeners: ['io-3-4'], size: '200B', period: '1ms' } },
    };
    await page.evaluate((text) => window.localStorage.setItem('millwright.network.draft', text), JSON.stringify(drawing));
    await page.reload();
    await plan(page, 'proved');
    const canvas = page.locator('.canvas');
    const wide = () => canvas.locator('svg').first().evaluate((svg) => svg.getBoundingClientRect().width);
    const room = await canvas.evaluate((box) => box.clientWidth);
    const names = () => page.locator('.vertex text').count();
    assert.ok(await wide() <= room, 'all of it is in sight');
    assert.equal(await names(), 0, 'no name that cannot be read');
    assert.ok(await page.locator('.callout').count() > 20, 'but as many beside their boxes as can be');
    await canvas.evaluate((box) => box.scrollIntoView({ block: 'center' }));
    const { x, y } = await canvas.boundingBox();
    const client = await page.context().newCDPSession(page);
    const touch = (type, ...apart) => client.send('Input.dispatchTouchEvent', { type, touchPoints: apart.map((dx, id) => ({ x: x + 180 + dx, y: y + 150, id })) });
    const before = await wide();
    // until what was scrolled is where fingers meet it
    await page.evaluate(() => new Promise((done) => window.requestAnimationFrame(() => window.requestAnimationFrame(done))));
    await touch('touchStart', -20, 20);
    for (let i = 1; i <= 8; i++) await touch('touchMove', -20 - 6 * i, 20 + 6 * i);
    await touch('touchEnd');
    // from 40 to 136 pixels apart
    assert.ok(Math.abs(await wide() / before - 3.4) < 0.05, `${await wide()} of ${before}`);
    assert.equal(await names(), 128);
    await page.locator('[data-tool="whole"]').click();
    assert.ok(await wide() <= room);
    await page.locator('[data-stream="x"] .name').click();
    assert.deepEqual((await page.locator('.callout').allTextContents()).sort(), ['io-0-0', 'io-3-4']);
    await shot(page, 'large-phone');
    await page.locator('.finder input').fill('5-6');
    await page.keyboard.press('Enter');
    await page.locator('.vertex.chosen[data-node="sw-5-6"] text').waitFor();
    const seen = await page.locator('[data-node="sw-5-6"] rect').evaluate((node) => {
      const [box, around] = [node.getBoundingClientRect(), node.closest('.canvas').getBoundingClientRect()];
      return [(box.left + box.right - around.left - around.right) / 2, (box.top + box.bottom - around.top - around.bottom) / 2];
    });
    assert.ok(seen.every((off) => Math.abs(off) < 2), `in the middle but for ${seen}`);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(errors, []);
    await close();
  });

  for (const [screen, theme, language] of [['desktop', 'light', 'en'], ['desktop', 'dark', 'zh'], ['phone', 'light', 'zh'], ['phone', 'dark', 'en']]) {
    test(`${screen}, ${theme}, ${language}: fits, is accessible, shows no error`, async () => {
      const { page, errors, close } = await open({ screen, theme, language });
      await plan(page, 'proved');
      await page.locator('[data-stream="inputs"] .name').click();
      await page.locator('[data-hop]').first().waitFor();
      await shot(page, `${screen}-${theme}-${language}`);
      assert.equal(await excess(page), 0, 'scrolls sideways');
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(errors, []);
      await close();
    });
  }
});
