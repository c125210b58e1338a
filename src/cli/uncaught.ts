import type { LogDestination } from '../telemetry/log-destination.ts';

/**
 * Ends the process on a fault that nobody caught, with one line in the log. Node would print the whole of
 * what was thrown, and a client's errors bear the request with its headers.
 */
export function exitOnUncaught({ log, flush }: LogDestination): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'unexpected fault: the process ends');
    flush();
    process.exit(1);
  });
}
