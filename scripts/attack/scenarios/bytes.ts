import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';
import { Target } from '../target.ts';
import { createGenerousRows, startRawVendor, startVendor } from '../vendor.ts';

const mebibyte = 1024 * 1024;

/** So many connections send a body in chunks of one byte, each just below the limit of its size. */
const connections = 25;
const bodyBytes = 99_000;

/** So many answers of a vendor come in chunks of one byte. */
const readsAtOnce = 8;
const answerBytes = 1_000_000;

/** The memory that the process may use in addition to the bytes, such as for connection buffers. */
const slackMiB = 48;

const chunks = (count: number) => Buffer.from('1\r\n \r\n'.repeat(count));

/** Request bodies in chunks of one byte. */
export const bodies: Scenario = {
  name: 'bodies in one-byte chunks',
  cpu: null,
  run: async (report) => {
    await using vendor = await startVendor(createGenerousRows);
    await using target = await Target.start(vendor.url);
    await target.post({ query: '{ __typename }' });
    const before = target.residentMiB;
    const sockets = Array.from({ length: connections }, () => openBody(target.port));
    const peak = await target.peakMiB(async () => {
      const part = chunks(bodyBytes / 10);
      for (let count = 0; count < 10; count += 1) {
        for (const socket of sockets) socket.write(part);
        await wait(150);
      }
      await wait(1_000);
    });
    for (const socket of sockets) socket.destroy();
    report.grown(before, peak, (2 * connections * bodyBytes) / mebibyte + slackMiB);
    await report.alive(target);
  },
};

function openBody(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const head = ['POST /graphql HTTP/1.1', 'Host: gateway', 'Content-Type: application/json'];
  socket.write(`${head.join('\r\n')}\r\nTransfer-Encoding: chunked\r\n\r\n`);
  return socket;
}

/** A vendor's answers in chunks of one byte. */
export const vendorAnswers: Scenario = {
  name: "vendors' answers in one-byte chunks",
  cpu: null,
  run: async (report) => {
    await using vendor = await startRawVendor((socket) => {
      const part = chunks(10_000);
      let left = answerBytes / 10_000;
      const write = (): void => {
        while (left > 0 && !socket.destroyed) {
          left -= 1;
          if (!socket.write(part)) {
            socket.once('drain', write);
            return;
          }
        }
      };
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      );
      write();
    });
    await using target = await Target.start(vendor.url, {
      VENDOR_TIMEOUT_MS: '3000',
      FIELD_TIMEOUT_MS: '6000',
    });
    await target.post({ query: '{ __typename }' });
    const before = target.residentMiB;
    const peak = await target.peakMiB(async () => {
      const reads = Array.from({ length: readsAtOnce }, (_, index) =>
        target.post({ query: `{ stream(id: ${index + 1}) { name } }` }),
      );
      for (const one of await Promise.allSettled(reads)) {
        if (one.status === 'rejected') report.problem(`a read was not answered: ${one.reason}`);
      }
    });
    report.grown(before, peak, (2 * readsAtOnce * answerBytes) / mebibyte + slackMiB);
    await report.alive(target);
  },
};
