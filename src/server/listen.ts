import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitWithin } from '../changes/within.ts';
import type { Config } from '../config/index.ts';
import type { Gateway } from '../gateway.ts';
import type { Log } from '../telemetry/log.ts';
import type { LogDestination } from '../telemetry/log-destination.ts';
import { refuseBrokenRequests } from './broken-requests.ts';
import { createServer } from './create-server.ts';
import { IdleConnections } from './idle-connections.ts';

/** A gateway that listens. */
export interface Listening {
  /** Scheme, host and port, as a caller on this machine would write them. */
  readonly origin: string;
  readonly server: Server;
}

/** How long clients may take, in ms. */
export interface ClientTimeouts {
  /** For a request's head, from when its connection was opened. */
  readonly head: number;
  /** For a request with its body. */
  readonly request: number;
  /** Beyond the longest that a document takes, with nothing sent or taken by the client. */
  readonly idle: number;
  /** How often they are looked after. */
  readonly check: number;
}

const clientTimeouts: ClientTimeouts = {
  head: 10_000,
  request: 30_000,
  idle: 10_000,
  check: 5_000,
};

type ListenConfig = Pick<
  Config,
  'host' | 'port' | 'maxConnections' | 'keepAliveMs' | 'requestTimeoutMs' | 'fieldTimeoutMs'
>;

/**
 * Opens the gateway's port. Clients that send or take nothing keep their connections for a while only, and their
 * number is bounded, so that none of them fills the memory.
 *
 * @throws {Error} where the port cannot be had, e.g. one that is in use
 */
export function listen(
  gateway: Gateway,
  config: ListenConfig,
  timeouts: ClientTimeouts = clientTimeouts,
): Promise<Listening> {
  const options = {
    headersTimeout: timeouts.head,
    requestTimeout: timeouts.request,
    connectionsCheckingInterval: timeouts.check,
  };
  const server = createServer(options, (request, response) => {
    gateway.lifecycle.beginAnswer();
    connections.begin(request.socket, response);
    response.on('close', gateway.lifecycle.endAnswer);
    gateway.listener(request, response);
  });
  const connections = new IdleConnections(server, {
    connections: config.maxConnections,
    idle: config.keepAliveMs,
    answering: config.requestTimeoutMs + config.fieldTimeoutMs + timeouts.idle,
    check: timeouts.check,
  });
  refuseBrokenRequests(server, (socket) => connections.dueAnswer(socket));
  return listenOn(server, { variable: 'PORT', ...config });
}

/** Where a server is to listen, and the variable that says so. */
export interface ListenAddress {
  readonly variable: string;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
}

/**
 * Opens a server's port.
 *
 * @throws {Error} where the port cannot be had, with a line that names the variable
 */
export function listenOn(server: Server, place: ListenAddress): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, place)));
    server.listen(place.port, place.host, () => {
      const { port } = server.address() as AddressInfo;
      const host = place.host.includes(':') ? `[${place.host}]` : place.host;
      resolve({ origin: `http://${host}:${port}`, server });
    });
  });
}

/** Ms within which a signal is the same one again: Ctrl-C reaches us directly and through npm. */
const echoMs = 100;

/**
 * Stops on SIGTERM, SIGINT, SIGQUIT and SIGUSR2: no new work, then an end once the work under way has ended or the
 * grace is over. The listener stays open meanwhile for `/health` and `/ready`. A second signal ends at once. SIGHUP opens
 * the file of the audit log again if there is one, and stops otherwise.
 *
 * @param close what is to be closed before the exit
 */
export function stopOnSignals(
  gateway: Gateway,
  listening: Listening,
  graceMs: number,
  { log, flush }: LogDestination,
  close: () => Promise<void> = () => gateway.close(),
): void {
  let stoppedAt = 0;
  let stoppedBy = '';
  const stop = async (signal: string) => {
    if (gateway.lifecycle.isStopping) {
      if (signal === stoppedBy && performance.now() - stoppedAt < echoMs) return;
      leaveBehind(gateway, log, `${signal} again: stopped at once`);
      flush();
      process.exit(1);
    }
    stoppedAt = performance.now();
    stoppedBy = signal;
    log.info({ underWay: gateway.lifecycle.underWay }, `${signal}: stopping`);
    const isDrained = await waitWithin(graceMs, gateway.lifecycle.stop());
    if (!isDrained) leaveBehind(gateway, log, 'the grace is over: stopped with work under way');
    listening.server.close();
    await waitWithin(1_000, close());
    log.info('stopped');
    flush();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGUSR2']) process.on(signal, stop);
  process.on('SIGHUP', gateway.reopenAudit ?? stop);
}

const isNoAddress = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENOTFOUND', 'EAI_AGAIN']);

/** The likeliest reasons why a port cannot be had, in the form of a configuration's error. */
function explained(error: NodeJS.ErrnoException, { variable, host, port }: ListenAddress): Error {
  if (isNoAddress.has(error.code ?? '')) {
    const named = variable.replace('PORT', 'HOST');
    const message = `${named}: got "${host}", which is no address of this machine; takes one that is, e.g. 127.0.0.1, ::1 or 0.0.0.0`;
    return new Error(message, { cause: error });
  }
  const why = { EADDRINUSE: 'is in use', EACCES: 'is not ours to open' }[error.code ?? ''];
  if (why === undefined) return error;
  const message = `${variable}: got "${port}", which ${why}; takes another port, or 0 for any free one`;
  return new Error(message, { cause: error });
}

function leaveBehind({ lifecycle }: Gateway, log: Log, message: string): void {
  const unfinished = lifecycle.unfinished();
  log.warn({ underWay: lifecycle.underWay, unfinished }, message);
}
