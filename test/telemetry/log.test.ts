import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInfoWriter, createLog } from '../../src/telemetry/log.ts';
import { testGateway } from '../support/gateway.ts';
import { startCommand, startProcess } from '../support/process.ts';
import { startVendor } from '../support/vendor.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ write: (line) => lines.push(line) }));
  return lines.join('');
}

const canary = 'c4n4ry-t0ken';

test.each([
  ['an error’s own fields', { err: Object.assign(new Error('x'), { headers: { x: canary } }) }],
  [
    'the fields of its cause',
    { err: new Error('x', { cause: Object.assign(new Error('y'), { request: canary }) }) },
  ],
  ['something thrown that is no error', { err: { token: canary } }],
  ['a bearer token in a text', { text: `got Bearer ${canary}, and no more` }],
  ['a bearer token in an error’s message', { err: new Error(`invalid header: bearer ${canary}`) }],
  ['authorization', { headers: { authorization: canary } }],
  ['a vendor’s authorization', { headers: { 'kaiten-authorization': canary } }],
  ['Proxy-Authorization', { headers: { 'Proxy-Authorization': canary } }],
  ['x-auth-token', { headers: { 'x-auth-token': canary } }],
  [
    'rocketchat-auth-token, with a quote in it',
    { headers: { 'rocketchat-auth-token': `"${canary}` } },
  ],
  ['rocketchat-user-id', { headers: { 'rocketchat-user-id': canary } }],
  ['cookies', { headers: { cookie: canary, 'set-cookie': [canary] } }],
])('the log never shows %s', (_what, fields) => {
  const line = logged((log) => log.error(fields, 'it failed'));
  expect(line).not.toContain(canary);
  expect(JSON.parse(line).msg).toBe('it failed');
});

test('writes the same masked line with and without pino', () => {
  const name = fc.constantFrom(
    'operation',
    'type',
    'code',
    'fields',
    'durationMs',
    'authorization',
  );
  const value = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(undefined, Number.NaN, `Bearer ${canary}`),
  );
  const timeless = (line: string) => line.replace(/"time":"[^"]+"/, '"time":""');
  fc.assert(
    fc.property(fc.dictionary(name, value), fc.string(), (members, message) => {
      const own = logged((log) => createInfoWriter(log.child({ of: message }), message)?.(members));
      const pinos = logged((log) => log.child({ of: message }).info(members, message));
      expect(timeless(own)).toBe(timeless(pinos));
      expect(own).not.toContain(canary);
    }),
    { examples: [[{}, 'operation']] },
  );
});

test('the log shows an error’s type, message, code and stack, and those of its causes', () => {
  const cause = Object.assign(new TypeError('inner'), { code: 'E_INNER' });
  const line = logged((log) => log.error({ err: new RangeError('outer', { cause }) }, 'it failed'));
  expect(JSON.parse(line).err).toEqual({
    type: 'RangeError',
    message: 'outer',
    stack: expect.stringContaining('log.test.ts'),
    cause: { type: 'TypeError', message: 'inner', code: 'E_INNER', stack: expect.any(String) },
  });
});

test('cuts a chain of causes that has no end', () => {
  const error = new Error('round');
  error.cause = error;
  const line = logged((log) => log.error({ err: error }, 'it failed'));
  expect(line.match(/"round"/g)).toHaveLength(6);
});

test('exits on an uncaught exception with one log line, which shows none of its properties', async () => {
  const fault = `setImmediate(() => { throw Object.assign(new Error('boom'), { headers: { x: process.env.CANARY } }) })`;
  const late = `data:text/javascript,process.once('SIGWINCH',()=>{${encodeURIComponent(fault)}})`;
  const env = { WETHOD_URL: 'http://127.0.0.1:9', PORT: '0', ADMIN_PORT: '0', CANARY: canary };
  await using gateway = startCommand(process.execPath, ['--import', late, 'src/main.ts'], env);
  await gateway.printed(/listening/);
  gateway.child.kill('SIGWINCH');
  expect(await gateway.exited).toBe(1);
  expect(gateway.output()).toContain('uncaught exception: exiting');
  expect(gateway.output()).toContain('boom');
  expect(gateway.output()).not.toContain(canary);
});

test('shows no credential in the output of a failed start', async () => {
  await using gateway = startProcess('main.ts', {
    WETHOD_URL: `https://user:${canary}@api.wethod.com`,
    KAITEN_URL: `https://acme.kaiten.ru/?token=${canary}`,
    ROCKETCHAT_URL: `https://chat.example.com/#${canary}`,
  });
  expect(await gateway.exited).toBe(1);
  expect(gateway.output()).toContain('WETHOD_URL');
  expect(gateway.output()).not.toContain(canary);
});

test('shows no property of a resolver’s error in the response or the log', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ WETHOD_URL: vendor.url }, () => {
    throw Object.assign(new Error('broken'), { options: { headers: { x: canary } } });
  });
  const answer = await gateway.sendText('{ __typename }');
  expect(answer.errors[0]?.extensions?.['code']).toBe('INTERNAL');
  expect(answer.text).not.toContain('broken');
  expect(gateway.logged()).toContain('broken');
  expect(answer.text + gateway.logged()).not.toContain(canary);
});
