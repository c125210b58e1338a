import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';
import { credentials, Target } from '../target.ts';
import { createGenerousRows, startVendor } from '../vendor.ts';

const userId = '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01';
const change = {
  query: `mutation { removeOrgMember(input: {userId: "${userId}"}) { __typename } }`,
};

/** Values of `Accept`, most of which name no type that a GraphQL answer has. */
const accepts = [
  'text/html',
  'text/plain',
  'image/*',
  'application/xml',
  'application/json; charset="utf-8"',
  'application/json;q=0',
  'application/json; charset=latin1',
  'text/event-stream',
  'multipart/mixed',
  'x',
  ',',
  ';;;',
];

/** A change is made only if its answer can be given. */
export const accept: Scenario = {
  name: 'odd values of Accept',
  cpu: null,
  run: async (report) => {
    await using vendor = await startVendor(createGenerousRows);
    await using target = await Target.start(vendor.url);
    const before = target.residentMiB;
    for (const value of accepts) {
      const made = vendor.changes();
      const reply = await target.post(change, { accept: value });
      report.reply(`Accept: ${value}`, reply, [200, 406]);
      const isMade = vendor.changes() > made;
      if (isMade && reply.status !== 200) {
        report.problem(`Accept: ${value}: the change was made, and answered with ${reply.status}`);
      }
    }
    report.grown(before, target.residentMiB, 32);
    await report.alive(target);
  },
};

/** Parameters that are not JSON are the client's fault. */
export const parameters: Scenario = {
  name: 'parameters that are not JSON',
  cpu: null,
  run: async (report) => {
    await using vendor = await startVendor(createGenerousRows);
    await using target = await Target.start(vendor.url);
    const before = target.residentMiB;
    const query = encodeURIComponent('{ __typename }');
    for (const name of ['variables', 'extensions']) {
      for (const value of ['{', 'x', '[', 'my-secret', '%7B%22a%22%3A', '%ff']) {
        const target_ = `?query=${query}&${name}=${value}`;
        const headers = { ...credentials, accept: 'application/graphql-response+json' };
        const get = await target.send(`/graphql${target_}`, { headers });
        report.reply(`GET with ${name}=${value}`, get, [400]);
        const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
        const body = target_.slice(1);
        const post = await target.send('/graphql', { method: 'POST', headers: form, body });
        report.reply(`form with ${name}=${value}`, post, [400]);
      }
    }
    report.grown(before, target.residentMiB, 32);
    await report.alive(target);
  },
};

/** Bytes behind a change's request do not take its answer away. */
export const strayBytes: Scenario = {
  name: 'bytes behind a change',
  cpu: null,
  run: async (report) => {
    await using vendor = await startVendor((request, response) => {
      setTimeout(() => createGenerousRows(request, response), 200);
    });
    await using target = await Target.start(vendor.url);
    const before = target.residentMiB;
    for (const stray of ['!\r\n\r\n', 'P', '\0\0', 'GET / HTTP/9.9\r\n\r\n', '\r\n\r\n\r\n']) {
      const made = vendor.changes();
      const status = await readStatusBehind(target.port, stray);
      if (vendor.changes() > made && status !== null && status !== 200) {
        report.problem(
          `${JSON.stringify(stray)}: the change was made, and answered with ${status}`,
        );
      }
    }
    report.grown(before, target.residentMiB, 32);
    await report.alive(target);
  },
};

/** Returns the status of a change that is followed by stray bytes, or null without a response. */
async function readStatusBehind(port: number, stray: string): Promise<number | null> {
  const body = JSON.stringify(change);
  const head = [
    'POST /graphql HTTP/1.1',
    'Host: gateway',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    ...Object.entries(credentials).map(([name, value]) => `${name}: ${value}`),
  ];
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}${stray}`);
  await Promise.race([once(socket, 'close'), wait(2_000)]);
  socket.destroy();
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? [];
  return status === undefined ? null : Number(status);
}

/** Connections that idle after one answer do not keep others out. */
export const idle: Scenario = {
  name: 'idle connections',
  cpu: null,
  run: async (report) => {
    await using vendor = await startVendor(createGenerousRows);
    await using target = await Target.start(vendor.url, { MAX_CONNECTIONS: '50' });
    const before = target.residentMiB;
    const sockets: Socket[] = [];
    for (let count = 0; count < 60; count += 1) {
      const socket = connect(target.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.on('data', () => {});
      socket.write('GET /nope HTTP/1.1\r\nHost: gateway\r\n\r\n');
      sockets.push(socket);
    }
    await wait(1_000);
    await report.alive(target);
    for (const socket of sockets) socket.destroy();
    report.grown(before, target.residentMiB, 32);
  },
};
