import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client/core';
import type { ResultOf, TypedDocumentNode, VariablesOf } from '@graphql-typed-document-node/core';
import { Client, fetchExchange } from '@urql/core';
import { print, validate } from 'graphql';
import { GraphQLClient } from 'graphql-request';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { testGateway } from '../../test/support/gateway.ts';
import { startVendor } from '../../test/support/vendor.ts';
import * as documents from '../src/documents.ts';
import {
  type Credentials,
  credentialHeaders,
  type RemoveOrgMemberResult,
  vendors,
} from '../src/index.ts';
import { createGateway, credentials } from './support.ts';

const { RemoveOrgMemberDocument } = documents;
const url = 'http://gateway/graphql';
const variables = { input: { userId: '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01' } };
const headers = credentialHeaders(credentials);
const success = { removeOrgMember: { __typename: 'RemoveOrgMemberSuccess', outcome: 'APPLIED' } };

async function startGateway() {
  const vendor = await startVendor({ status: 204 });
  const gateway = testGateway({ AEROSPIKE_URL: vendor.url });
  return {
    vendor,
    fetch: createGateway(gateway).fetch as typeof fetch,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await vendor[Symbol.asyncDispose]();
    },
  };
}

test('every operation is valid against the schema', () => {
  const operations = Object.entries(documents).flatMap(([name, document]) =>
    'definitions' in document && name.endsWith('Document') ? [[name, document] as const] : [],
  );
  expect(operations).toHaveLength(19);
  for (const [name, document] of operations) expect(validate(schema, document), name).toEqual([]);
  expect(print(RemoveOrgMemberDocument)).toContain('mutation RemoveOrgMember');
});

test('a document carries its types as a TypedDocumentNode does', () => {
  type Document = typeof RemoveOrgMemberDocument;
  expectTypeOf<Document>().toExtend<TypedDocumentNode<ResultOf<Document>, VariablesOf<Document>>>();
  expectTypeOf<
    ResultOf<Document>['removeOrgMember']
  >().toEqualTypeOf<RemoveOrgMemberResult | null>();
  expectTypeOf<VariablesOf<Document>['input']['userId']>().toEqualTypeOf<string | number>();
});

describe('documents and credential headers work with other clients', () => {
  test('urql', async () => {
    await using gateway = await startGateway();
    const client = new Client({
      url,
      exchanges: [fetchExchange],
      fetch: gateway.fetch,
      fetchOptions: { headers },
      preferGetMethod: false,
    });
    const { data, error } = await client.mutation(RemoveOrgMemberDocument, variables).toPromise();
    expect(error).toBeUndefined();
    expectTypeOf(data?.removeOrgMember).toEqualTypeOf<RemoveOrgMemberResult | null | undefined>();
    expect(data).toMatchObject(success);
    // @ts-expect-error the id of the person is missing
    const wrong = () => client.mutation(RemoveOrgMemberDocument, { input: {} });
    expect(wrong).toBeTypeOf('function');
    expect(gateway.vendor.calls).toHaveLength(1);
  });

  test('Apollo Client', async () => {
    await using gateway = await startGateway();
    const client = new ApolloClient({
      link: new HttpLink({ uri: url, fetch: gateway.fetch, headers }),
      cache: new InMemoryCache({ possibleTypes: documents.possibleTypes }),
    });
    const { data } = await client.mutate({ mutation: RemoveOrgMemberDocument, variables });
    expectTypeOf(data?.removeOrgMember).toEqualTypeOf<RemoveOrgMemberResult | null | undefined>();
    expect(data).toMatchObject(success);
    const wrong = () =>
      // @ts-expect-error the id of the person is missing
      client.mutate({ mutation: RemoveOrgMemberDocument, variables: { input: {} } });
    expect(wrong).toBeTypeOf('function');
    expect(gateway.vendor.calls).toHaveLength(1);
  });

  test('graphql-request', async () => {
    await using gateway = await startGateway();
    const client = new GraphQLClient(url, { fetch: gateway.fetch, headers });
    const data = await client.request(RemoveOrgMemberDocument, variables);
    expectTypeOf(data.removeOrgMember).toEqualTypeOf<RemoveOrgMemberResult | null>();
    expect(data).toMatchObject(success);
    // @ts-expect-error the id of the person is missing
    const wrong = () => client.request(RemoveOrgMemberDocument, { input: {} });
    expect(wrong).toBeTypeOf('function');
    expect(gateway.vendor.calls).toHaveLength(1);
  });
});

test('every credential header of the gateway has an option', async () => {
  await using gateway = testGateway({ KAITEN_URL: 'https://kaiten.invalid' });
  const { data } = await vendors(createGateway(gateway));
  const taken = data.flatMap(({ credentialHeaders: names }) => names);
  expect(Object.keys(headers).sort()).toEqual([...taken].sort());
});

test('the type check rejects the credentials of another vendor', () => {
  expect(credentialHeaders({ kaiten: { token: 'k' } })).toEqual({
    'kaiten-authorization': 'Bearer k',
  });
  expect(credentialHeaders(credentials, ['rocketchat'])).toEqual({
    'rocketchat-auth-token': 'rocketchat-token-1',
    'rocketchat-user-id': 'rbAXPnMktTFbNpwtJ',
  });
  const wrong: Credentials[] = [
    // @ts-expect-error Wethod's take a company
    { wethod: { token: 't' } },
    // @ts-expect-error Rocket.Chat's have other names
    { rocketchat: { token: 't', userId: 'u' } },
    // @ts-expect-error no such vendor
    { slack: { token: 't' } },
  ];
  expect(wrong).toHaveLength(3);
});
