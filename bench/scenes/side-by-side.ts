import { attachLoad, missingLoad, removeLoad } from '../lib/requests.ts';
import type { Scene } from '../lib/rounds.ts';
import { serverNames } from '../lib/servers.ts';

/** One vendor call for each mutation, and nothing else: all servers. */
export function sideBySide(isQuick: boolean): Scene[] {
  const many = {
    servers: serverNames,
    connections: 64,
    rounds: isQuick ? 2 : 5,
    operations: isQuick ? 1_000 : 8_000,
  };
  const scenes: Scene[] = [
    { ...many, title: 'A change that is made, with JSON', mode: 'ok', load: attachLoad },
    { ...many, title: 'A change that is refused with 404', mode: 'missing', load: missingLoad },
    { ...many, title: 'A change that is made, with 204', mode: 'ok', load: removeLoad },
    {
      ...many,
      title: 'One connection',
      mode: 'ok',
      load: attachLoad,
      connections: 1,
      operations: isQuick ? 300 : 2_000,
    },
    {
      ...many,
      // As many as the gateway's bulkhead lets in and queue; beyond them it refuses.
      title: 'A slow vendor (200 ms), 192 connections',
      mode: 'slow',
      load: attachLoad,
      connections: 192,
      servers: ['bare', 'ours', 'mercurius'],
      rounds: isQuick ? 1 : 3,
      operations: isQuick ? 384 : 1_920,
    },
  ];
  return scenes;
}
