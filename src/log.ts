import { type DestinationStream, type Logger, pino } from 'pino';

/** The gateway's log: one JSON object in a line. */
export type Log = Logger;

/**
 * @param destination where the lines go; standard output where it is not given
 */
export function createLog(destination?: DestinationStream): Log {
  const options = { base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return destination === undefined ? pino(options) : pino(options, destination);
}
