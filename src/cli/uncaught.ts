import type { LogDestination } from '../telemetry/log-destination.ts';

/**
 * Exits on an uncaught exception, with one line in the log. Node.js would print the whole error, and errors of HTTP
 * clients carry the request with its headers.
 */
export function exitOnUncaught({ log, flush }: LogDestination): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception: exiting');
    flush();
    process.exit(1);
  });
}
