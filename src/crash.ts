import type { Log } from './log.ts';

/**
 * Ends the process on a fault that nobody caught, with one line in the log. Node would print the whole of
 * what was thrown, and a client's errors bear the request with its headers.
 */
export function endOnFaults(log: Log): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'unexpected fault: the process ends');
    process.exit(1);
  });
}
