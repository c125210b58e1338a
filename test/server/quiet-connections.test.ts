import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endQuietConnections } from '../../src/server/quiet-connections.ts';

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

function watched(quietMs: number, checkMs: number) {
  const server = Object.assign(new EventEmitter(), { timeout: 1, keepAliveTimeout: 1 });
  endQuietConnections(server as unknown as Server, quietMs, checkMs);
  const open = () => {
    const socket = new FakeSocket();
    server.emit('connection', socket);
    return socket;
  };
  return { server, open, look: () => vi.advanceTimersByTime(checkMs) };
}

test('a connection has a time-out exactly while nothing moved on it between the last two looks', () => {
  const moves = fc.array(fc.array(fc.constantFrom('bytesRead', 'bytesWritten')), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(moves, (looks) => {
      vi.clearAllTimers();
      const { open, look } = watched(65_000, 5_000);
      const socket = open();
      for (const moved of looks) {
        for (const member of moved) socket[member as 'bytesRead'] += 1;
        look();
        expect(socket.timeout).toBe(moved.length === 0 ? 65_000 : 0);
      }
    }),
  );
});

test('a connection in use costs no time-out at all', () => {
  const { open, look } = watched(65_000, 5_000);
  const socket = open();
  for (let time = 0; time < 10; time += 1) {
    socket.bytesRead += 100;
    look();
  }
  expect(socket.changes).toBe(0);
});

test('a time-out that stands is not begun anew', () => {
  const { open, look } = watched(65_000, 5_000);
  const socket = open();
  for (let time = 0; time < 10; time += 1) look();
  expect(socket.changes).toBe(1);
});

test('connections that closed are looked at no more, and none is once the server has', () => {
  const { server, open, look } = watched(65_000, 5_000);
  const closed = open();
  closed.emit('close');
  look();
  expect(closed.changes).toBe(0);
  server.emit('close');
  expect(vi.getTimerCount()).toBe(0);
});

test('Node sets no time-out of its own', () => {
  const { server } = watched(65_000, 5_000);
  expect(server).toMatchObject({ timeout: 0, keepAliveTimeout: 0 });
});
