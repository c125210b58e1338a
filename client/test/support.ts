import type { TestGateway } from '../../test/support/gateway.ts';
import type { Credentials, Gateway } from '../src/index.ts';

/** Good credentials for all four vendors; each has its own words, so that none can pass for another. */
export const credentials: Credentials = {
  wethod: { token: 'wethod-token-1', company: 'acme' },
  kaiten: { token: 'kaiten-token-1' },
  aerospike: { token: 'aerospike-token-1' },
  rocketchat: { authToken: 'rocketchat-token-1', userId: 'rbAXPnMktTFbNpwtJ' },
};

/** A gateway that is called without a port, and the headers of each request that reached it. */
export interface Called extends Gateway {
  readonly sent: Headers[];
}

/** The client's options for a gateway of the tests, and what it was sent. */
export function createGateway(
  { gateway }: Pick<TestGateway, 'gateway'>,
  more: Partial<Gateway> = {},
): Called {
  const sent: Headers[] = [];
  return {
    endpoint: 'http://gateway/graphql',
    credentials,
    fetch: (url, init) => {
      sent.push(new Headers(init.headers));
      return gateway.fetch(url, init);
    },
    ...more,
    sent,
  };
}

/** The client's options for whatever answers, and how often it was asked. */
export function respondWith(
  answer: () => Response | Promise<Response>,
  more: Partial<Gateway> = {},
) {
  const seen = { calls: 0 };
  const gateway: Gateway = {
    endpoint: 'http://gateway/graphql',
    credentials,
    fetch: async () => {
      seen.calls += 1;
      return answer();
    },
    ...more,
  };
  return { gateway, seen };
}

/** What a promise rejects with. */
export async function catchRejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not reject');
}
