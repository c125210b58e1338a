import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAuthority } from '../support/authority.ts';
import { changes, ids } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { startIssuers } from '../support/issuers.ts';
import { startProcess } from '../support/process.ts';
import { startVendor } from '../support/vendor.ts';

const authority = createAuthority();

async function start() {
  const stack = new AsyncDisposableStack();
  const vendor = stack.use(await startVendor({ status: 204 }, { tls: authority.tls }));
  const { url } = vendor;
  const issuers = stack.use(await startIssuers(vendor, `${url}/jwks`, `${url}/token`));
  return { vendor, issuers, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test('sends nothing to a vendor with an unknown certificate authority: CONNECTION, NOT_APPLIED, with the reason in the log', async () => {
  await using world = await start();
  const quick = { VENDOR_TIMEOUT_MS: '600', FIELD_TIMEOUT_MS: '1200' };
  await using gateway = testGateway({ AEROSPIKE_URL: world.vendor.url, ...quick });
  expect(await changes.removeOrgMember.make(gateway)).toMatchObject({
    reason: 'CONNECTION',
    outcome: 'NOT_APPLIED',
  });
  expect(world.vendor.calls).toHaveLength(0);
  expect(gateway.lines('vendor call')[0]?.['cause']).toMatch(/certificate/);
});

test('trusts an authority in NODE_EXTRA_CA_CERTS for vendors, keys of an identity provider and access tokens', async () => {
  await using world = await start();
  const folder = await mkdtemp(join(tmpdir(), 'authorities-'));
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
  const file = join(folder, 'ca.pem');
  await writeFile(file, authority.ca);
  await using gateway = startProcess('main.ts', {
    ...world.issuers.env,
    PORT: '0',
    AEROSPIKE_URL: world.vendor.url,
    NODE_EXTRA_CA_CERTS: file,
  });
  const [, url = ''] = await gateway.printed(/"url":"(http:[^"]+)"/);
  const send = async (query: string, headers: Readonly<Record<string, string>>) => {
    const all = { ...headers, 'content-type': 'application/json' };
    const response = await fetch(url, {
      method: 'POST',
      headers: all,
      body: JSON.stringify({ query }),
    });
    return response.json();
  };
  expect(await send('{ __typename }', world.issuers.person)).toEqual({
    data: { __typename: 'Query' },
  });
  const removal = `mutation { removeOrgMember(input: {userId: "${ids.memberId}"}) { ...on ChangeResult { outcome } } }`;
  expect(await send(removal, world.issuers.service)).toEqual({
    data: { removeOrgMember: { outcome: 'APPLIED' } },
  });
  expect(world.vendor.calls.map((call) => `${call.method} ${call.url}`)).toEqual([
    'GET /jwks',
    'POST /token',
    `DELETE ${changes.removeOrgMember.path}`,
  ]);
});
