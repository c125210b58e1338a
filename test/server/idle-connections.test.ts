import { EventEmitter } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IdleConnections } from '../../src/server/idle-connections.ts';
import { collect } from '../support/heap.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** A socket as the gateway sees it, whose time-out is Node's own: set and taken off, and never ended here. */
class FakeSocket extends EventEmitter {
  bytesRead = 0;
  bytesWritten = 0;
  timeout = 0;
  destroyed = false;
  /** How often a timeout was set or taken off. */
  changes = 0;

  setTimeout(ms: number): void {
    this.timeout = ms;
    this.changes += 1;
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

/** An answer as the gateway sees it: it ends with its `close`. */
class FakeAnswer extends EventEmitter {
  isOver = false;

  end(): void {
    this.isOver = true;
    this.emit('close');
  }
}

const times = { idle: 65_000, answering: 90_000, check: 5_000, connections: 3 };

function watched() {
  const server = Object.assign(new EventEmitter(), { timeout: 1, keepAliveTimeout: 1 });
  const connections = new IdleConnections(server as unknown as Server, times);
  const open = () => {
    const socket = new FakeSocket();
    server.emit('connection', socket);
    return socket;
  };
  /** A request arrives. */
  const ask = (socket: FakeSocket) => {
    const answer = new FakeAnswer();
    socket.bytesRead += 100;
    connections.begin(socket as unknown as Socket, answer as unknown as ServerResponse);
    return answer;
  };
  return { server, open, ask, look: () => vi.advanceTimersByTime(times.check) };
}

const step = fc.constantFrom('bytesRead', 'bytesWritten', 'ask', 'end', 'look');

test('a connection has a timeout only while it is quiet: the longer one while a response is due', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      vi.clearAllTimers();
      const { open, ask, look } = watched();
      const socket = open();
      const answers: FakeAnswer[] = [];
      let hasMoved = false;
      for (const one of steps) {
        if (one === 'ask') {
          answers.push(ask(socket));
          expect(socket.timeout).toBe(0);
        } else if (one === 'end') {
          // An answer ends with its last bytes.
          const answer = answers.shift();
          if (answer === undefined) continue;
          socket.bytesWritten += 100;
          answer.end();
        } else if (one !== 'look') socket[one] += 1;
        if (one !== 'look') {
          hasMoved = true;
          continue;
        }
        look();
        const quiet = answers.length === 0 ? times.idle : times.answering;
        expect(socket.timeout).toBe(hasMoved ? 0 : quiet);
        hasMoved = false;
      }
    }),
    { numRuns: 500 },
  );
});

test('a connection releases a response that has ended', async () => {
  const { open, ask } = watched();
  const socket = open();
  const asked = () => {
    const answer = ask(socket);
    answer.end();
    return new WeakRef(answer);
  };
  const ended = asked();
  await setImmediate();
  collect();
  expect(ended.deref()).toBeUndefined();
});

test('at the limit, the connection that has been idle longest is closed, and none before', () => {
  const { open, ask } = watched();
  const [first, second, third] = [open(), open(), open()];
  // The first has been idle from now on, and the second is not.
  ask(first).end();
  ask(second);
  expect([first, second, third].some(({ destroyed }) => destroyed)).toBe(false);
  const fourth = open();
  expect([first, second, third, fourth].map(({ destroyed }) => destroyed)).toEqual([
    false,
    false,
    true,
    false,
  ]);
  const fifth = open();
  expect([first, second, fourth, fifth].map(({ destroyed }) => destroyed)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('a new connection is closed only if a response is due on every other', () => {
  const { open, ask } = watched();
  const sockets = [open(), open(), open()];
  const answers = sockets.map(ask);
  // Pipelined: the first answer is not the last.
  ask(sockets[0] as FakeSocket);
  answers[0]?.end();
  const late = open();
  expect(late.destroyed).toBe(true);
  expect(sockets.some(({ destroyed }) => destroyed)).toBe(false);
  answers[1]?.end();
  expect(open().destroyed).toBe(false);
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false, true, false]);
});

test('a connection in use sets no timeout', () => {
  const { open, look } = watched();
  const socket = open();
  for (let time = 0; time < 10; time += 1) {
    socket.bytesRead += 100;
    look();
  }
  expect(socket.changes).toBe(0);
});

test('a running timeout is not restarted', () => {
  const { open, look } = watched();
  const socket = open();
  for (let time = 0; time < 10; time += 1) look();
  expect(socket.changes).toBe(1);
});

test('closed connections are not checked, and none is after the server has closed', () => {
  const { server, open, look } = watched();
  const closed = open();
  closed.emit('close');
  look();
  expect(closed.changes).toBe(0);
  server.emit('close');
  expect(vi.getTimerCount()).toBe(0);
});

test('Node.js sets no timeout of its own', () => {
  const { server } = watched();
  expect(server).toMatchObject({ timeout: 0, keepAliveTimeout: 0 });
});
