import type { LoadOf } from './requests.ts';
import type { Contender } from './rounds.ts';
import { type ServerName, type StartOptions, startServer, titles } from './servers.ts';

/** Servers as contenders under a load. */
export function createContenders(names: readonly ServerName[], load: LoadOf): Contender[] {
  return names.map((name) => ({
    title: titles[name],
    start: (wethod) => startServer(name, { wethod }),
    load: load(name),
  }));
}

/** The gateway with something set otherwise. */
export function createVariant(title: string, load: LoadOf, options: StartOptions = {}): Contender {
  return {
    title,
    start: (wethod) => startServer('ours', { wethod }, options),
    load: load('ours'),
  };
}
