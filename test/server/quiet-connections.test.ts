import { EventEmitter } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { QuietConnections } from '../../src/server/quiet-connections.ts';
import { collect } from '../support/heap.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** A socket as the gateway sees it, whose time-out is Node's own: set and taken off, and never ended here. */
class FakeSocket extends EventEmitter {
  bytesRead = 0;
  bytesWritten = 0;
  timeout = 0;
  /** How often a time-out was set or taken off. */
  changes = 0;

  setTimeout(ms: number): void {
    this.timeout = ms;
    this.changes += 1;
  }
}

const times = { idle: 65_000, answering: 90_000, check: 5_000 };

function watched() {
  const server = Object.assign(new EventEmitter(), { timeout: 1, keepAliveTimeout: 1 });
  const connections = new QuietConnections(server as unknown as Server, times);
  const open = () => {
    const socket = new FakeSocket();
    server.emit('connection', socket);
    return socket;
  };
  /** A request arrives, whose answer ends with `destroyed`. */
  const ask = (socket: FakeSocket) => {
    const answer = { destroyed: false };
    socket.bytesRead += 100;
    connections.begin(socket as unknown as Socket, answer as ServerResponse);
    return answer;
  };
  return { server, open, ask, look: () => vi.advanceTimersByTime(times.check) };
}

const step = fc.constantFrom('bytesRead', 'bytesWritten', 'ask', 'end', 'look');

test('a connection has a time-out only while it is quiet: the longer one from a request to the end of its answer', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      vi.clearAllTimers();
      const { open, ask, look } = watched();
      const socket = open();
      let answer = { destroyed: true };
      let hasMoved = false;
      for (const one of steps) {
        if (one === 'ask') {
          answer = ask(socket);
          expect(socket.timeout).toBe(0);
        } else if (one === 'end') {
          // An answer ends with its last bytes.
          if (!answer.destroyed) socket.bytesWritten += 100;
          else continue;
          answer.destroyed = true;
        } else if (one !== 'look') socket[one] += 1;
        if (one !== 'look') {
          hasMoved = true;
          continue;
        }
        look();
        const quiet = answer.destroyed ? times.idle : times.answering;
        expect(socket.timeout).toBe(hasMoved ? 0 : quiet);
        hasMoved = false;
      }
    }),
    { numRuns: 500 },
  );
});

test('an answer that has ended is kept by its connection no longer than to the next look', async () => {
  const { open, ask, look } = watched();
  const socket = open();
  const asked = () => {
    const answer = ask(socket);
    answer.destroyed = true;
    return new WeakRef(answer);
  };
  const ended = asked();
  look();
  await setImmediate();
  collect();
  expect(ended.deref()).toBeUndefined();
});

test('a connection in use costs no time-out at all', () => {
  const { open, look } = watched();
  const socket = open();
  for (let time = 0; time < 10; time += 1) {
    socket.bytesRead += 100;
    look();
  }
  expect(socket.changes).toBe(0);
});

test('a time-out that stands is not begun anew', () => {
  const { open, look } = watched();
  const socket = open();
  for (let time = 0; time < 10; time += 1) look();
  expect(socket.changes).toBe(1);
});

test('connections that closed are looked at no more, and none is once the server has', () => {
  const { server, open, look } = watched();
  const closed = open();
  closed.emit('close');
  look();
  expect(closed.changes).toBe(0);
  server.emit('close');
  expect(vi.getTimerCount()).toBe(0);
});

test('Node sets no time-out of its own', () => {
  const { server } = watched();
  expect(server).toMatchObject({ timeout: 0, keepAliveTimeout: 0 });
});
