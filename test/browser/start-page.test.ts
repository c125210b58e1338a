import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, watchFaults } from '../support/chromium.ts';
import { startProcess, type TestProcess } from '../support/process.ts';

let sandbox: TestProcess;
let origin: string;
let browser: Browser;

beforeAll(async () => {
  sandbox = startProcess('sandbox/main.ts', { PORT: '0', PATH: process.env['PATH'] ?? '' });
  [, origin = ''] = await sandbox.printed(/Start +(http:\/\/[^/\s]+)\//);
  browser = await launchChromium();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await sandbox?.[Symbol.asyncDispose]();
});

test.each([
  ['light', 1100],
  ['dark', 1100],
  ['light', 360],
] as const)(
  'the start page has no fault that axe finds, and nothing beside the screen: %s, %i px wide',
  async (colorScheme, width) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const faults = watchFaults(page, origin);
    await page.goto(`${origin}/`);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(faults).toEqual([]);
    await context.close();
  },
);

test('from the start page to an error is a link and a press of the button; the seed is put back by another', async () => {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${origin}/`);
  await page.getByRole('link', { name: 'RateLimitedError' }).click();
  await page.locator('.graphiql-query-editor .view-line', { hasText: 'mutation' }).waitFor();
  const answered = page.waitForResponse(
    (response) => response.request().postData()?.includes('removeOrgMember') === true,
  );
  await page.locator('.graphiql-execute-button').click();
  expect(await (await answered).json()).toMatchObject({
    data: { removeOrgMember: { __typename: 'RateLimitedError', retryAfterSeconds: null } },
  });
  await page.goto(`${origin}/`);
  await page.getByRole('button', { name: 'Reset the seed' }).click();
  await page.getByRole('status').filter({ hasText: 'vendors were reset' }).waitFor();
  await context.close();
});
