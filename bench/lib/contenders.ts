import type { LoadOf } from './requests.ts';
import type { Contender } from './rounds.ts';
import { type ServerName, type StartOptions, startServer, titles } from './servers.ts';

/** Creates contenders from servers under a load. */
export function createContenders(names: readonly ServerName[], load: LoadOf): Contender[] {
  return names.map((name) => ({
    title: titles[name],
    start: (wethod) => startServer(name, { wethod }),
    load: load(name),
  }));
}

/** Creates a contender: the gateway with different settings. */
export function createVariant(title: string, load: LoadOf, options: StartOptions = {}): Contender {
  return {
    title,
    start: (wethod) => startServer('ours', { wethod }, options),
    load: load('ours'),
  };
}
