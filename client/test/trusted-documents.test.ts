import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testGateway } from '../../test/support/gateway.ts';
import { startVendor } from '../../test/support/vendor.ts';
import { chatGroups, memberships, removeOrgMember, vendors } from '../src/index.ts';
import { catchRejection, createGateway } from './support.ts';

const file = fileURLToPath(new URL('../persisted-documents.json', import.meta.url));
const userId = '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01';

test('a gateway that trusts only the package’s documents accepts their hashes from the client', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, TRUSTED_DOCUMENTS_FILE: file });
  const called = createGateway(gateway, { trustedDocuments: true });
  expect(await removeOrgMember(called, { userId })).toMatchObject({ outcome: 'APPLIED' });
  expect((await vendors(called)).data).toHaveLength(4);
  const { data, errors } = await memberships(called, { email: 'a@example.com' });
  expect(data).toMatchObject({ streamsLed: null });
  expect(errors.length).toBeGreaterThan(0);
  expect(await catchRejection(chatGroups(called))).toMatchObject({
    code: 'VENDOR_UNAVAILABLE_ERROR',
  });
  expect(vendor.calls.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
});

test('without hashes, the request is rejected before anything runs', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, TRUSTED_DOCUMENTS_FILE: file });
  expect(await catchRejection(removeOrgMember(createGateway(gateway), { userId }))).toMatchObject({
    code: 'REFUSED',
    outcome: 'NOT_APPLIED',
    message: expect.stringContaining('documentId'),
  });
  expect(vendor.calls).toHaveLength(0);
});
