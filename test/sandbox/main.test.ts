import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startProcess } from '../support/process.ts';

test('npm run sandbox prints its URL, credentials, and a mutation that works when pasted', async () => {
  await using sandbox = startProcess('sandbox/main.ts', {
    PORT: '0',
    PATH: process.env['PATH'] ?? '',
  });
  const [command] = await sandbox.printed(/^curl http[\s\S]*?'\n(?=\nStop)/m);
  const printed = sandbox.output();
  expect(printed).toMatch(/GraphiQL {3}http:\/\/127\.0\.0\.1:\d+\/graphql/);
  for (const name of [
    'wethod-company: acme',
    'rocketchat-user-id: ',
    'kaiten-authorization: Bearer sandbox',
  ]) {
    expect(printed).toContain(name);
  }
  const { stdout } = await promisify(execFile)('sh', ['-c', `${command.trim()} -s`]);
  expect(JSON.parse(stdout)).toEqual({
    data: {
      removeOrgMember: {
        __typename: 'RemoveOrgMemberSuccess',
        outcome: 'APPLIED',
        confirmedBy: 'VENDOR_RESPONSE',
        userId: '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01',
      },
    },
  });
  sandbox.child.kill('SIGINT');
  expect(await sandbox.exited).toBe(0);
});

test('an invalid environment stops the sandbox with one line', async () => {
  await using sandbox = startProcess('sandbox/main.ts', { PORT: 'abc' });
  expect(await sandbox.exited).toBe(1);
  expect(sandbox.output()).toBe(
    'membership-gateway: PORT: expected a port from 1 to 65535, or 0 for a random free one; received "abc".\n',
  );
});
