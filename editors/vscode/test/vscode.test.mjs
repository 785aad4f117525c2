// A newcomer in the real VS Code, as code-server shows it in Chromium: a mistake and its fix, tests, the debugger.
// MW_CODE_SERVER is the folder of the npm package code-server, MW_VSIX the packaged extension, MW_COMMAND the mw command.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

const executablePath = process.env.MW_CHROMIUM ?? '/usr/bin/chromium';
const { MW_CODE_SERVER: codeServer, MW_VSIX: vsix, MW_COMMAND: command } = process.env;
const skip = !codeServer || !vsix || !command ? 'MW_CODE_SERVER, MW_VSIX and MW_COMMAND are not all named'
  : existsSync(executablePath) ? false : `no Chromium at ${executablePath}`;

// An export of an older tool, in windows-1252: the byte FC is ü.
const LIBRARY = `FUNCTION_BLOCK Counter
VAR_INPUT
    reset : BOOL; (* zur\xfcck *)
END_VAR
VAR_OUTPUT
    count : INT;
END_VAR
IF reset THEN
    count := 0;
ELSE
    count := count + 1;
END_IF;
END_FUNCTION_BLOCK
`;
const PROGRAM = `PROGRAM main
VAR
    counter : Counter;
    full : BOOL;
END_VAR
counter(reset := full);
full := counter.cuont >= 3;
END_PROGRAM
`;
const TESTS = `TEST 'counts every call'
VAR
    c : Counter;
END_VAR
    c(reset := FALSE);
    c(reset := FALSE);
    ASSERT_EQ(c.count, 2);
END_TEST
`;

describe('Structured Text in VS Code', { skip, timeout: 300_000 }, () => {
  const home = mkdtempSync(join(tmpdir(), 'mw-vscode-'));
  let server;
  let browser;
  let page;

  before(async () => {
    const project = join(home, 'project');
    for (const folder of ['project', 'user/User', 'user/Machine', 'config']) {
      mkdirSync(join(home, folder), { recursive: true });
    }
    writeFileSync(join(project, 'COUNTER.EXP'), LIBRARY, 'latin1');
    writeFileSync(join(project, 'main.st'), PROGRAM);
    writeFileSync(join(project, 'main_test.st'), TESTS);
    writeFileSync(join(home, 'user/User/settings.json'), '{ "workbench.startupEditor": "none" }');
    writeFileSync(join(home, 'user/Machine/settings.json'), JSON.stringify({ 'structuredText.command': command }));
    const args = [join(codeServer, 'out/node/entry.js'), '--config', join(home, 'config/config.yaml'), '--auth', 'none',
      '--bind-addr', '127.0.0.1:0', '--user-data-dir', join(home, 'user'), '--extensions-dir', join(home, 'extensions'),
      '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'];
    execFileSync(process.execPath, [...args, '--install-extension', vsix]);
    server = spawn(process.execPath, args);
    const address = await new Promise((resolve, reject) => {
      let said = '';
      server.stdout.on('data', (data) => {
        const at = /listening on (http:\S+?)\/?\s/.exec((said += data));
        if (at) resolve(at[1]);
      });
      server.once('exit', () => reject(new Error(said)));
    });
    const { chromium } = createRequire(new URL('../../../console/package.json', import.meta.url))('playwright-core');
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
    page = await browser.newPage({ viewport: { width: 1200, height: 760 } });
    page.setDefaultTimeout(90_000);
    await page.goto(`${address}/?folder=${encodeURIComponent(project)}`);
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'main.st' }).dblclick();
    await page.locator('.statusbar', { hasText: 'Structured Text' }).waitFor();
  });

  after(async () => {
    await browser?.close();
    server?.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  });

  async function place(line, column) {
    await page.keyboard.press('Control+G');
    await page.locator('.quick-input-widget input').fill(`:${line}:${column}`);
    await page.keyboard.press('Enter');
    await page.locator('.statusbar', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  test('a mistake is underlined, and its quick fix mends it', async () => {
    await page.locator('.squiggly-error').first().waitFor();
    await place(7, 18);
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget', { hasText: 'Write count' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.view-line', { hasText: 'counter.count >= 3' }).waitFor();
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  });

  test('the tests pass, with a block of the library', async () => {
    await page.locator('.activitybar a[aria-label*="Testing"]').click();
    await page.locator('a[aria-label="Run Tests"]').first().click();
    await page.getByText('1/1', { exact: true }).first().waitFor();
  });

  test('the debugger goes into the block, shows its variables and changes them', async () => {
    await page.locator('.view-line', { hasText: 'counter(reset' }).click();
    await place(6, 1);
    await page.keyboard.press('F9');
    await page.keyboard.press('F5');
    await page.locator('.debug-top-stack-frame-line').first().waitFor();
    await page.keyboard.press('F11');
    await page.locator('.debug-call-stack .monaco-list-row', { hasText: 'COUNTER.EXP' }).waitFor();
    await page.locator('.tab.active', { hasText: 'COUNTER.EXP' }).waitFor();
    await page.locator('.statusbar', { hasText: 'Windows 1252' }).waitFor();
    const count = page.locator('.debug-variables .monaco-list-row', { hasText: /^count/ });
    await count.dblclick();
    await page.locator('.debug-variables input').fill('41');
    await page.keyboard.press('Enter');
    await count.filter({ hasText: '41' }).waitFor();
    assert.equal(await page.locator('.debug-call-stack .monaco-list-row').count(), 2);
    await page.keyboard.press('Shift+F5');
    await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
  });
});
