import { credentials, type TestGateway } from './gateway.ts';
import { createKeyedRequest, type KeyedMutation } from './keyed.ts';
import { startProcess, type TestProcess } from './process.ts';

/** The member of a mutation's result. */
export type KeyedResult = Readonly<Record<string, unknown>>;

/** A gateway as a process of its own. */
export interface Replica extends AsyncDisposable {
  readonly process: TestProcess;
  /** The origin of its admin port. */
  readonly admin: string;
  /** Sends a mutation with a key. Rejects without a response. */
  send(mutation: KeyedMutation, key: string | null): Promise<KeyedResult>;
}

/** Starts a gateway as a process of its own, on free ports. */
export async function startReplica(env: Readonly<Record<string, string>>): Promise<Replica> {
  const started = startProcess('main.ts', { ...env, PORT: '0' });
  const [line] = await started.printed(/^\{.*"msg":"listening".*\}$/m);
  const { url, admin } = JSON.parse(line) as { url: string; admin: string };
  return {
    process: started,
    admin,
    send: async (mutation, key) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...credentials, 'content-type': 'application/json' },
        body: JSON.stringify(createKeyedRequest(mutation, key)),
      });
      const { data } = (await response.json()) as { data: Record<string, KeyedResult> };
      return data[mutation.name] ?? {};
    },
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

/** Sends a mutation with a key through a gateway of this process. */
export async function sendKeyed(
  gateway: TestGateway,
  mutation: KeyedMutation,
  key: string | null,
  headers: Readonly<Record<string, string>> = credentials,
): Promise<KeyedResult> {
  const { query, variables } = createKeyedRequest(mutation, key);
  const { data, errors } = await gateway.sendText(query, headers, { variables });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data[mutation.name] ?? {};
}
