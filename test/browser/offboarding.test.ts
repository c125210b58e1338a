import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, watchFaults } from '../support/chromium.ts';
import { createDatabaseFolder, type DatabaseFolder } from '../support/keyed.ts';
import { startCommand, type TestProcess } from '../support/process.ts';

const maria = 'maria.lindholm@example.com';
const pavel = 'pavel.orlov@example.com';

/** How long the page may take to show something. */
const soon = { timeout: 30_000 };

let folder: DatabaseFolder;
let example: TestProcess;
let origin: string;
let browser: Browser;

beforeAll(async () => {
  folder = await createDatabaseFolder();
  const ports = { PORT: '0', EXAMPLE_PORT: '0' };
  const env = { ...ports, DATABASE_URL: folder.url, PATH: process.env['PATH'] ?? '' };
  example = startCommand(process.execPath, ['examples/offboarding/serve.ts'], env);
  [, origin = ''] = await example.printed(/Example +(http:\/\/[^/\s]+)\//);
  browser = await launchChromium();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await example?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

interface Sent {
  readonly mutation: string;
  readonly input: unknown;
  readonly idempotencyKey: string;
}

/** The page over a sandbox as it was seeded, and the changes that it sends. */
async function openExample(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults = watchFaults(page, origin);
  const sent: Sent[] = [];
  page.on('request', (request) => {
    const body = request.postDataJSON();
    const [, mutation] = /^mutation \w+\(.*?\) ?\{\s*(\w+)/.exec(body?.query ?? '') ?? [];
    if (mutation === undefined) return;
    const { idempotencyKey, ...input } = body.variables.input;
    sent.push({ mutation, input, idempotencyKey });
  });
  await page.request.post(`${origin}/sandbox/reset`);
  await page.goto(`${origin}/`);
  await page.getByText('In the sandbox try').waitFor();
  return { page, faults, sent, [Symbol.asyncDispose]: () => context.close() };
}

async function lookUp(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Look up' }).click();
  await page.getByRole('heading', { name: `of ${email}` }).waitFor();
}

/** Enters other credentials for a system. */
async function setToken(page: Page, system: string, token: string): Promise<void> {
  const panel = page.locator('details.credentials');
  if ((await panel.getAttribute('open')) === null) await panel.locator('summary').click();
  const group = panel.getByRole('group', { name: system, exact: true });
  await group.getByLabel(/token$/i).fill(token);
}

async function removeNamed(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) await page.getByRole('checkbox', { name }).check();
  await page.getByRole('button', { name: /^Remove \d/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Remove \d/ })
    .click();
  await page.getByRole('heading', { name: 'Finished' }).waitFor();
}

/** The row of a membership. */
const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

/** What has the focus, by its name. */
const focused = (page: Page) =>
  page.evaluate<string>(`(({ labels, ariaLabel, innerText }) =>
    (labels?.[0]?.innerText ?? ariaLabel ?? innerText).replaceAll(/\\s+/g, ' ').trim())(document.activeElement)`);

/** Goes on with the Tab key until something has the focus whose name begins so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 40; steps += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)).startsWith(name)) return;
  }
  throw new Error(`nothing whose name begins with "${name}" gets the focus`);
}

describe('the example that removes a person from all four systems', () => {
  test('by the keyboard alone it removes from each system, and shows a refusal with its reason', async () => {
    await using opened = await openExample();
    const { page, faults, sent } = opened;
    await tabTo(page, 'E-mail address');
    await page.keyboard.type(pavel);
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page), soon).toBe(`Found 10 memberships of ${pavel}`);
    for (const name of ['Consulting', 'Engineering', 'Acme', 'invite-me', 'my-own-room']) {
      await tabTo(page, name);
      await page.keyboard.press('Space');
    }
    await tabTo(page, 'Remove 5 memberships');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page), soon).toBe('Cancel');
    expect(sent).toEqual([]);
    await tabTo(page, 'Remove 5 memberships');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page), soon).toBe('Finished');
    for (const name of ['Consulting', 'Engineering', 'Acme', 'invite-me']) {
      expect(await row(page, name).innerText()).toContain('Removed');
    }
    const refused = await row(page, 'my-own-room').innerText();
    expect(refused).toMatch(/Rejected\s+The room in Rocket\.Chat would be left without an owner/);
    expect(refused).not.toContain('Try again');
    expect(await page.locator('.progress').innerText()).toContain(
      '5 of 5 done: 4 removed, 1 rejected, 0 not known',
    );
    const inOrder = sent.toSorted((a, b) => a.mutation.localeCompare(b.mutation));
    expect(new Set(sent.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(5);
    expect(inOrder.map(({ mutation, input }) => ({ mutation, input }))).toEqual([
      { mutation: 'detachStreamLeader', input: { streamId: '1', leaderId: '102' } },
      { mutation: 'leaveGroup', input: { groupId: 'ByehQjC44FwMeiLbX' } },
      { mutation: 'leaveGroup', input: { groupId: 'Lo8NaOwnErTs4Kd7Q' } },
      {
        mutation: 'removeGroupUser',
        input: { groupUid: '5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10', userId: '502' },
      },
      { mutation: 'removeOrgMember', input: { userId: '2b8f3e6d-7c91-4a43-ae5b-8c4d3fa09b02' } },
    ]);
    expect(faults).toEqual([]);
  });

  test('Escape sends nothing, and gives the focus back', async () => {
    await using opened = await openExample();
    const { page, sent } = opened;
    await lookUp(page, maria);
    await page.getByRole('checkbox', { name: 'Acme' }).check();
    await page.getByRole('button', { name: 'Remove 1 membership' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page), soon).toBe('Remove 1 membership …');
    expect(sent).toEqual([]);
  });

  test('somebody else is removed from a room and never the caller; an unknown outcome is said to be one until a look settles it', async () => {
    await using opened = await openExample();
    const { page, faults, sent } = opened;
    await lookUp(page, maria);
    await setToken(page, 'Rocket.Chat', 'sandbox-garbage');
    await removeNamed(page, ['invite-me']);
    // Several attempts, which all have one key.
    const input = { groupId: 'ByehQjC44FwMeiLbX', userId: 'k3WpTzR8sLmYvQn6D' };
    const { idempotencyKey } = sent[0] ?? {};
    for (const one of sent) {
      expect(one).toEqual({ mutation: 'removeChatGroupMember', input, idempotencyKey });
    }
    const invite = row(page, 'invite-me');
    expect(await invite.innerText()).toContain('Not known whether it was made');
    // It may have been made: the same again is not offered, a look is.
    expect(await invite.getByRole('button').allInnerTexts()).toEqual(['Look again']);
    await invite.getByRole('button', { name: 'Look again' }).click();
    await expect
      .poll(() => invite.innerText(), soon)
      .toMatch(/Looked again at .*unexpected response/);
    expect(await invite.innerText()).toContain('Not known whether it was made');
    await setToken(page, 'Rocket.Chat', 'sandbox');
    await invite.getByRole('button', { name: 'Look again' }).click();
    await expect
      .poll(() => invite.innerText(), soon)
      .toMatch(/Looked again at .*it is still there/);
    expect(await invite.getByRole('checkbox').isChecked()).toBe(false);
    expect(await focused(page)).toContain('invite-me');
    await removeNamed(page, ['invite-me']);
    expect(await invite.innerText()).toContain('Removed');
    expect(faults).toEqual([]);
  });

  test('what is under way stays in sight until it is told; an answer that was lost is told by a look at the list', async () => {
    await using opened = await openExample();
    const { page, faults, sent } = opened;
    await lookUp(page, pavel);
    await setToken(page, 'Rocket.Chat', 'sandbox-slow');
    await page.getByRole('checkbox', { name: 'invite-me' }).check();
    await page.getByRole('button', { name: /^Remove \d/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Remove \d/ })
      .click();
    await page.getByRole('heading', { name: 'Removing 1 membership' }).waitFor();
    await page.getByLabel('E-mail address').fill(maria);
    await page.getByLabel('E-mail address').press('Enter');
    await page.getByRole('heading', { name: 'Finished' }).waitFor();
    expect(await row(page, 'invite-me').innerText()).toMatch(/Removed\s+The response was lost/);
    expect(sent).toHaveLength(1);
    await page.getByLabel('E-mail address').press('Enter');
    await expect.poll(() => focused(page), soon).toBe(`Found 9 memberships of ${maria}`);
    expect(faults).toEqual([]);
  });

  test('a rate limit says when it ends, and trying again does nothing before', async () => {
    await using opened = await openExample();
    const { page, faults, sent } = opened;
    await page.clock.install();
    await lookUp(page, maria);
    await setToken(page, 'Kaiten', 'sandbox-throttled');
    await removeNamed(page, ['Support']);
    const support = row(page, 'Support');
    expect(await support.innerText()).toMatch(/Rejected[\s\S]*in \d+ s, at \d/);
    const again = support.getByRole('button', { name: /^Try again: Support/ });
    expect(await again.getAttribute('aria-disabled')).toBe('true');
    await again.press('Enter');
    expect(sent).toHaveLength(1);
    await setToken(page, 'Kaiten', 'sandbox');
    await page.clock.fastForward(90_000);
    await expect.poll(() => again.getAttribute('aria-disabled'), soon).toBe('false');
    await again.click();
    await expect.poll(() => support.innerText(), soon).toContain('Removed');
    expect(sent).toHaveLength(2);
    expect(faults).toEqual([]);
  });

  test('a system that cannot be read shows its own error and leaves the others usable', async () => {
    await using opened = await openExample();
    const { page, faults } = opened;
    await setToken(page, 'Kaiten', 'sandbox-down');
    await setToken(page, 'Aerospike Cloud', 'sandbox-expired');
    await lookUp(page, maria);
    await page.getByText('The list may be incomplete: Kaiten and Aerospike Cloud').waitFor();
    const section = (name: string) =>
      page.locator('fieldset.system').filter({ has: page.locator('legend', { hasText: name }) });
    expect(await section('Kaiten').innerText()).toMatch(
      /Could not be read\. Kaiten reported a failure/,
    );
    // Another try helps where the vendor is down, and not where a credential has expired.
    expect(await section('Kaiten').getByRole('button').count()).toBe(1);
    expect(await section('Aerospike').innerText()).toContain('does not accept your credentials');
    expect(await section('Aerospike').getByRole('button').count()).toBe(0);
    await removeNamed(page, ['Consulting']);
    expect(await row(page, 'Consulting').innerText()).toContain('Removed');
    await setToken(page, 'Kaiten', 'sandbox');
    await section('Kaiten').getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('checkbox', { name: 'Support' }).waitFor();
    expect(await row(page, 'Consulting').innerText()).toContain('Removed');
    expect(faults).toEqual([]);
  });

  test('rejects an invalid address and shows no memberships', async () => {
    await using opened = await openExample();
    const { page } = opened;
    await page.getByLabel('E-mail address').fill(`${'m'.repeat(65)}@example.com`);
    await page.getByRole('button', { name: 'Look up' }).click();
    await page.getByRole('alert').filter({ hasText: 'does not accept the input' }).waitFor();
    expect(await page.locator('fieldset.system').count()).toBe(0);
  });

  test.each([
    ['light', 1100],
    ['dark', 1100],
    ['light', 360],
  ] as const)(
    'has no fault that axe finds, and nothing beside the screen: %s, %i px wide',
    async (colorScheme, width) => {
      await using opened = await openExample({ colorScheme, viewport: { width, height: 900 } });
      const { page, faults } = opened;
      const name = width === 360 ? 'narrow' : colorScheme;
      await page.getByText('Your credentials').click();
      await checkAccessible(page, width);
      await setToken(page, 'Wethod', 'sandbox-down');
      await lookUp(page, pavel);
      await setToken(page, 'Kaiten', 'sandbox-throttled');
      await setToken(page, 'Aerospike Cloud', 'sandbox-garbage');
      await page.getByText('Your credentials').click();
      for (const one of ['Engineering', 'Acme', 'invite-me', 'my-own-room']) {
        await page.getByRole('checkbox', { name: one }).check();
      }
      await checkAccessible(page, width);
      await page.getByRole('button', { name: /^Remove \d/ }).click();
      await page.getByRole('dialog').waitFor();
      await checkAccessible(page, width);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Remove \d/ })
        .click();
      await page.getByRole('heading', { name: 'Finished' }).waitFor();
      await checkAccessible(page, width);
      await picture(page, `offboarding-${name}`);
      expect(faults).toEqual([]);
    },
  );

  test('keeps no credentials: not in storage, not in the address', async () => {
    await using opened = await openExample();
    const { page } = opened;
    await setToken(page, 'Kaiten', 'sandbox-canary');
    await lookUp(page, maria);
    const kept = await page.evaluate<string>(
      'JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])',
    );
    expect(kept).toBe(JSON.stringify([{}, {}, '', `${origin}/`]));
    await page.reload();
    await page.getByText('Your credentials').click();
    const group = page.getByRole('group', { name: 'Kaiten', exact: true });
    await expect.poll(() => group.getByLabel('Token').inputValue(), soon).toBe('sandbox');
  });
});

async function checkAccessible(page: Page, width: number): Promise<void> {
  // By the debugger: the page's own policy lets no other script in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  expect(found).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
}

/** Takes a picture of the whole page for the documentation, into the folder that `PICTURES` names. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder === undefined) return;
  const { width = 0 } = page.viewportSize() ?? {};
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width: Math.min(width, 800), height });
  await page.screenshot({ path: `${folder}/${name}.png` });
}
