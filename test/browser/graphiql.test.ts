import type { Browser, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { startProcess } from '../support/process.ts';

const mutations = [
  'AttachStreamLeader',
  'DetachStreamLeader',
  'RemoveGroupUser',
  'RemoveOrgMember',
  'LeaveGroup',
  'RemoveChatGroupMember',
];

const errors = [
  'InvalidInputError',
  'AuthenticationError',
  'PermissionDeniedError',
  'NotFoundError',
  'PreconditionFailedError',
  'PlanRequiredError',
  'LastOwnerError',
  'RateLimitedError',
  'VendorUnavailableError',
  'VendorContractError',
  'IdempotencyError',
];

const tabs = [...mutations, 'Memberships', 'ListMembers', ...errors];

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

/** GraphiQL over a sandbox of its own, which records everything that a page must not do. */
async function openGraphiQL() {
  // If something fails to open, everything opened before is closed.
  await using stack = new AsyncDisposableStack();
  const env = { PORT: '0', PATH: process.env['PATH'] ?? '' };
  const sandbox = stack.use(startProcess('sandbox/main.ts', env));
  const [, origin = ''] = await sandbox.printed(
    /GraphiQL +(http:[^/]+\/\/[^/]+|http:\/\/[^/\s]+)\/graphql/,
  );
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  stack.defer(() => context.close());
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  let isLeaving = false;
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // Leaving the page cancels its pending requests.
    if (isLeaving && why === 'net::ERR_ABORTED') return;
    faults.push(`failed: ${request.url()} ${why}`);
  });
  const leave = async (open: () => Promise<unknown>) => {
    isLeaving = true;
    await ready(page, open);
    isLeaving = false;
  };
  const reload = () => leave(() => page.reload());
  const follow = (link: string) => leave(() => page.goto(link));
  page.on('request', (request) => {
    const { protocol, origin: target } = new URL(request.url());
    if (protocol !== 'data:' && target !== origin) faults.push(`left the origin: ${request.url()}`);
  });
  await ready(page, () => page.goto(`${origin}/graphql`));
  const opened = stack.move();
  return {
    page,
    faults,
    origin,
    reload,
    follow,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** Resolves when the editor shows its text and the schema is loaded. */
async function ready(page: Page, open: () => Promise<unknown>): Promise<void> {
  const introspected = page.waitForResponse((response) => response.request().method() === 'POST');
  await open();
  await introspected;
  await page
    .locator('.graphiql-query-editor .view-line', { hasText: 'mutation' })
    .first()
    .waitFor();
}

/** Opens a tab, clicks the button once, and returns the response that is shown. */
async function press(page: Page, tab: string): Promise<string> {
  const button = page.getByRole('button', { name: tab, exact: true });
  if ((await button.locator('..').getAttribute('aria-selected')) !== 'true') {
    await button.click();
    // GraphiQL applies a tab's text a moment later, and then updates the address.
    await page.waitForURL((url) => url.searchParams.get('query')?.includes(tab) === true);
  }
  return run(page);
}

/** Clicks the button once, and returns the response that is shown. */
async function run(page: Page): Promise<string> {
  const answered = page.waitForResponse(isAsked);
  await page.locator('.graphiql-execute-button').click();
  const { data } = (await (await answered).json()) as {
    data: Record<string, { __typename: string }>;
  };
  const [result] = Object.values(data);
  const lines = page.locator('.graphiql-response .view-lines');
  const shown = async () => (await lines.innerText()).replaceAll('\u00A0', ' ');
  await expect.poll(shown, { timeout: 30_000 }).toContain(`"__typename": "${result?.__typename}"`);
  return shown();
}

/** Returns whether a response is for the document in the editor, not for GraphiQL's own introspection. */
function isAsked(response: Response): boolean {
  const body = response.request().postData() ?? '';
  return body !== '' && !body.includes('IntrospectionQuery');
}

/** Writes into the visible editor below the query: the headers or the variables. */
async function writeJson(page: Page, value: object): Promise<void> {
  const editor = page.locator('.graphiql-editor:not(.hidden, .graphiql-query-editor)');
  await editor.locator('.view-lines').last().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(JSON.stringify(value));
  // The editor closes brackets and quotes automatically after the inserted text.
  await page.keyboard.press('Control+Shift+End');
  await page.keyboard.press('Delete');
}

describe('GraphiQL in the sandbox', () => {
  test.each(mutations)(
    '%s: one click shows a typed success, and with sandbox-forbidden its error',
    async (tab) => {
      await using graphiql = await openGraphiQL();
      const { page, faults } = graphiql;
      const success = await press(page, tab);
      expect(success).toContain(`"__typename": "${tab}Success"`);
      expect(success).toContain('"outcome": "APPLIED"');
      await writeJson(page, {
        'wethod-authorization': 'Bearer sandbox-forbidden',
        'wethod-company': 'acme',
        'kaiten-authorization': 'Bearer sandbox-forbidden',
        'aerospike-authorization': 'Bearer sandbox-forbidden',
        'rocketchat-auth-token': 'sandbox-forbidden',
        'rocketchat-user-id': 'rbAXPnMktTFbNpwtJ',
      });
      if (tab === 'LeaveGroup') {
        // Rocket.Chat checks the room first, and the caller has just left this one.
        await page.request.post(`${graphiql.origin}/sandbox/reset`);
      }
      const refused = await run(page);
      expect(refused).toContain('"__typename": "PermissionDeniedError"');
      expect(refused).toContain('"outcome": "NOT_APPLIED"');
      expect(faults).toEqual([]);
    },
  );

  test('Memberships: one click shows a person’s memberships and how to end them', async () => {
    await using graphiql = await openGraphiQL();
    const { page, faults } = graphiql;
    const shown = await press(page, 'Memberships');
    expect(shown).toContain('"name": "Consulting"');
    expect(shown).toContain('"mutation": "detachStreamLeader"');
    expect(await press(page, 'ListMembers')).toContain('"name": "Irina"');
    expect(faults).toEqual([]);
  });

  test('each error’s tab is visible and shows that error after one click', async () => {
    await using graphiql = await openGraphiQL();
    const { page, faults } = graphiql;
    for (const tab of await page.locator('.graphiql-tab').all()) {
      const { x, width } = (await tab.boundingBox()) ?? { x: 0, width: 0 };
      expect(width).toBeGreaterThan(0);
      expect(x + width).toBeLessThan(1400);
    }
    for (const error of errors) {
      expect(await press(page, error)).toContain(`"__typename": "${error}"`);
    }
    expect(faults).toEqual([]);
  });

  test('a link from the address shows the edited query and variables, and no headers', async () => {
    await using graphiql = await openGraphiQL();
    const { page, faults } = graphiql;
    await page.getByRole('button', { name: 'Variables', exact: true }).click();
    await writeJson(page, { input: { streamId: 'edited', leaderId: '106' } });
    await page.waitForURL((url) => url.searchParams.get('variables')?.includes('edited') === true);
    const edited = page.url();
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('# mine\n');
    await page.waitForURL((url) => url.searchParams.get('query')?.includes('# mine') === true);
    for (const [link, title] of [
      [edited, 'AttachStreamLeader'],
      [page.url(), 'Link'],
    ] as const) {
      expect([...new URL(link).searchParams.keys()].sort()).toEqual(['query', 'variables']);
      await graphiql.follow(link);
      const active = page.locator('.graphiql-tab[aria-selected=true]');
      expect((await active.innerText()).trim()).toBe(title);
      const answered = page.waitForRequest(
        (request) => request.postData()?.includes('"edited"') === true,
      );
      await page.locator('.graphiql-execute-button').click();
      const sent = await answered;
      expect(sent.postDataJSON()).toMatchObject({ variables: { input: { streamId: 'edited' } } });
      const text = await page.locator('.graphiql-query-editor .view-lines').innerText();
      expect(text.replaceAll('\u00A0', ' ').includes('# mine')).toBe(title === 'Link');
    }
    expect(faults).toEqual([]);
  });

  test('opens with one tab for each mutation, two queries and each error, also after a reload and from a link to one of them', async () => {
    await using graphiql = await openGraphiQL();
    const { page, faults } = graphiql;
    const titles = () => page.locator('.graphiql-tab').allInnerTexts();
    expect(await titles()).toEqual(tabs);
    await press(page, 'LeaveGroup');
    await graphiql.reload();
    expect(await titles()).toEqual(tabs);
    expect(await press(page, 'RemoveOrgMember')).toContain('RemoveOrgMemberSuccess');
    expect(faults).toEqual([]);
  });

  test('keeps no credentials in the browser’s storage or in the address', async () => {
    await using graphiql = await openGraphiQL();
    const { page } = graphiql;
    await press(page, 'RemoveGroupUser');
    await writeJson(page, { 'kaiten-authorization': 'Bearer canary-1' });
    await run(page);
    const kept = await page.evaluate(
      'JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])',
    );
    expect(kept).not.toContain('canary-1');
    expect(kept).not.toContain('sandbox');
  });
});

test('keeps no credentials in storage or in the address without ready-made tabs either', async () => {
  await using gateway = startProcess('main.ts', { PORT: '0', KAITEN_URL: 'http://127.0.0.1:9' });
  const [, url = ''] = await gateway.printed(/"url":"([^"]+)"/);
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  const violations: string[] = [];
  page.on('console', (message) => message.type() === 'error' && violations.push(message.text()));
  const introspected = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.goto(url);
  await introspected;
  await writeJson(page, { 'kaiten-authorization': 'Bearer canary-2' });
  const asked = page.waitForRequest(
    (request) => request.headers()['kaiten-authorization'] !== undefined,
  );
  await page.locator('.graphiql-execute-button').click();
  expect((await asked).headers()['kaiten-authorization']).toBe('Bearer canary-2');
  const kept = () =>
    page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])');
  // Typed text is stored a moment later. Once this text is stored, the headers before it would be too.
  await page.locator('.graphiql-query-editor .view-lines').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('# typed after the headers\n');
  await expect.poll(kept, { timeout: 30_000 }).toContain('typed after the headers');
  expect(await kept()).not.toContain('canary-2');
  expect(violations).toEqual([]);
  expect(gateway.output()).not.toContain('canary-2');
  await context.close();
});

test('a link shows its query and variables without ready-made tabs too', async () => {
  await using gateway = startProcess('main.ts', { PORT: '0', KAITEN_URL: 'http://127.0.0.1:9' });
  const [, url = ''] = await gateway.printed(/"url":"([^"]+)"/);
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  const link = new URL(url);
  link.searchParams.set('query', 'query Linked($uid: ID!) { group(uid: $uid) { name } }');
  link.searchParams.set('variables', '{"uid": "from-the-link"}');
  const introspected = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.goto(link.href);
  await introspected;
  await page.locator('.graphiql-query-editor .view-line', { hasText: 'Linked' }).waitFor();
  const asked = page.waitForRequest((request) => request.postData()?.includes('Linked') === true);
  await page.locator('.graphiql-execute-button').click();
  expect((await asked).postDataJSON().variables).toEqual({ uid: 'from-the-link' });
  await context.close();
});
