import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitWithin } from '../changes/within.ts';
import type { Config } from '../config/settings.ts';
import type { Log } from '../telemetry/log.ts';
import type { LogDestination } from '../telemetry/log-destination.ts';
import { refuseBrokenRequests } from './broken-requests.ts';
import { createServer } from './create-server.ts';
import { IdleConnections } from './idle-connections.ts';
import type { Lifecycle } from './lifecycle.ts';

/** The part of a gateway that its port needs. */
interface Gateway {
  /** Answers requests of a `node:http` server. */
  readonly listener: RequestListener;
  readonly lifecycle: Lifecycle;
  /** Opens the audit log again under its name; null if it is not a file. */
  readonly reopenAudit: (() => Promise<void>) | null;
  close(): Promise<void>;
}

/** An open port. */
export interface Listening {
  /** The scheme, host and port for callers on this machine. */
  readonly origin: string;
  readonly server: Server;
}

/** Timeouts of clients, in ms. */
export interface ClientTimeouts {
  /** For the head of a request, from the opening of its connection. */
  readonly head: number;
  /** For a whole request with its body. */
  readonly request: number;
  /** For a connection on which nothing moves, in addition to the longest time of a document. */
  readonly idle: number;
  /** The interval of the checks. */
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
 * Opens the gateway's port. Idle connections are closed and the number of connections is limited, so that clients
 * cannot fill the memory.
 *
 * @throws {Error} if the port cannot be opened, e.g. because it is in use
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
    gateway.lifecycle.beginResponse();
    connections.begin(request.socket, response);
    response.on('close', gateway.lifecycle.endResponse);
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

/** The address to listen on, and the variable that configures its port. */
export interface ListenAddress {
  readonly variable: string;
  readonly host: string;
  /** 0 for a random free port. */
  readonly port: number;
}

/**
 * Opens a server's port.
 *
 * @throws {Error} if the port cannot be opened, with a line that names the variable
 */
export function listenOn(server: Server, address: ListenAddress): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(describeListenError(error, address)),
    );
    server.listen(address.port, address.host, () => {
      const { port } = server.address() as AddressInfo;
      const host = address.host.includes(':') ? `[${address.host}]` : address.host;
      resolve({ origin: `http://${host}:${port}`, server });
    });
  });
}

/** The time in ms within which a repeated signal is an echo: Ctrl-C arrives directly and through npm. */
const echoMs = 100;

/**
 * Shuts down on SIGTERM, SIGINT, SIGQUIT and SIGUSR2: accepts no new work and exits as soon as the work in flight has
 * ended or the grace period is over. Meanwhile the port stays open for `/health` and `/ready`. A second signal exits
 * immediately. SIGHUP opens the audit log again if it is a file, and shuts down otherwise.
 *
 * @param graceMs the grace period, in ms
 * @param close closes everything else before the exit
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
      logUnfinished(gateway, log, `received ${signal} again: exiting with work in flight`);
      flush();
      process.exit(1);
    }
    stoppedAt = performance.now();
    stoppedBy = signal;
    log.info({ underWay: gateway.lifecycle.inFlight }, `received ${signal}: shutting down`);
    const isDrained = await waitWithin(graceMs, gateway.lifecycle.stop());
    if (!isDrained) logUnfinished(gateway, log, 'grace period over: exiting with work in flight');
    listening.server.close();
    await waitWithin(1_000, close());
    log.info('stopped');
    flush();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGUSR2']) process.on(signal, stop);
  process.on('SIGHUP', gateway.reopenAudit ?? stop);
}

const addressErrors = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENOTFOUND', 'EAI_AGAIN']);

/** Describes the likeliest reasons why a port cannot be opened in the form of a configuration error. */
function describeListenError(
  error: NodeJS.ErrnoException,
  { variable, host, port }: ListenAddress,
): Error {
  if (addressErrors.has(error.code ?? '')) {
    const hostVariable = variable.replace('PORT', 'HOST');
    const message = `${hostVariable}: expected an address of this machine; received "${host}". Use e.g. 127.0.0.1, ::1 or 0.0.0.0.`;
    return new Error(message, { cause: error });
  }
  const why = { EADDRINUSE: 'is already in use', EACCES: 'requires more privileges' }[
    error.code ?? ''
  ];
  if (why === undefined) return error;
  const message = `${variable}: ${port} ${why}. Choose another port, or 0 for a random free one.`;
  return new Error(message, { cause: error });
}

function logUnfinished({ lifecycle }: Gateway, log: Log, message: string): void {
  const unfinished = lifecycle.listUnfinished();
  log.warn({ underWay: lifecycle.inFlight, unfinished }, message);
}
