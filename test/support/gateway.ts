import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { type Environment, parseConfig } from '../../src/config/index.ts';
import type { Context } from '../../src/context.ts';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import { openState, type State } from '../../src/state/open.ts';
import { createLog } from '../../src/telemetry/log.ts';
import type { Tracing } from '../../src/telemetry/tracing/tracing.ts';

/** Good credentials for all four vendors. */
export const credentials: Readonly<Record<string, string>> = {
  'wethod-authorization': 'Bearer wethod-token-1',
  'wethod-company': 'acme',
  'kaiten-authorization': 'Bearer kaiten-token-1',
  'aerospike-authorization': 'Bearer aerospike-token-1',
  'rocketchat-auth-token': 'rocketchat-token-1',
  'rocketchat-user-id': 'rbAXPnMktTFbNpwtJ',
};

/** What a GraphQL answer holds. */
export interface Answer<Data> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: Data;
  readonly errors: readonly {
    message: string;
    path?: unknown;
    extensions?: Record<string, unknown>;
  }[];
}

/** A gateway for tests. */
export interface TestGateway extends AsyncDisposable {
  readonly gateway: Gateway;
  /** Everything that was logged, down to `debug`, as text. */
  readonly logged: () => string;
  /** The lines of the log that say so, as objects. */
  readonly lines: (msg: string) => readonly Readonly<Record<string, unknown>>[];
  /** Sends a document through the gateway's `fetch`. */
  send<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    headers?: Readonly<Record<string, string>> | Headers,
  ): Promise<Answer<Data>>;
  /** Sends a document as text. */
  sendText(
    query: string,
    headers?: Readonly<Record<string, string>> | Headers,
    init?: { readonly signal?: AbortSignal; readonly variables?: unknown },
  ): Promise<Answer<Record<string, Record<string, unknown> | null>>>;
}

/** Returns how many calls wait for a place at a vendor. */
export async function countWaiting({ gateway }: TestGateway, vendor: string): Promise<number> {
  const { vendors } = await gateway.probes.readiness();
  return vendors[vendor]?.bulkhead?.waiting ?? Number.NaN;
}

/** No limits of callers or vendors, so that a test may call as often as it likes. */
export const unpaced = {
  CALLER_REQUESTS: 'off',
  CALLER_CHANGES: 'off',
  WETHOD_RATE_LIMIT: 'off',
  KAITEN_RATE_LIMIT: 'off',
  AEROSPIKE_RATE_LIMIT: 'off',
  ROCKETCHAT_RATE_LIMIT: 'off',
};

/** Opens the database that `env` names, for a gateway that closes it with itself. */
export async function openTestState(env: Environment): Promise<State> {
  const state = await openState(parseConfig(env), createLog({ write: () => {} }));
  if (state === null) throw new Error('expected a database');
  return state;
}

/** Builds a gateway over the vendors that `env` names, without rate limits unless `env` sets them. */
export function testGateway(
  env: Environment,
  onContext?: (context: Context) => void,
  tracing?: Tracing,
  state: State | null = null,
): TestGateway {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) }, 'debug');
  const gateway = createGateway(parseConfig({ ...unpaced, ...env }), {
    log,
    state,
    ...(tracing && { tracing }),
    ...(onContext && { onContext }),
  });
  const sendText: TestGateway['sendText'] = async (query, headers = credentials, init = {}) => {
    const all = new Headers(headers as Record<string, string>);
    all.set('content-type', 'application/json');
    const response = await gateway.fetch('http://gateway/graphql', {
      method: 'POST',
      headers: all,
      body: JSON.stringify({ query, variables: init.variables }),
      ...(init.signal === undefined ? {} : { signal: init.signal }),
    });
    const text = await response.text();
    const body = JSON.parse(text);
    return {
      status: response.status,
      headers: response.headers,
      text,
      data: body.data,
      errors: body.errors ?? [],
    };
  };
  return {
    gateway,
    logged: () => lines.join(''),
    lines: (msg) => lines.map((line) => JSON.parse(line)).filter((line) => line.msg === msg),
    sendText,
    send: (document, variables, headers = credentials) =>
      sendText(print(document), headers, { variables }) as never,
    [Symbol.asyncDispose]: () => gateway.close(),
  };
}

/** Builds a gateway with the database that `env` names. */
export async function testGatewayWithState(
  env: Environment & { readonly DATABASE_URL: string },
): Promise<TestGateway> {
  const log = createLog({ write: () => {} });
  const state = await openState(parseConfig({ ...unpaced, ...env }), log);
  return testGateway(env, undefined, undefined, state);
}
