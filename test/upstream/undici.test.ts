import * as whole from 'undici';
import { expect, test } from 'vitest';
import * as parts from '../../src/upstream/undici.ts';

test('imports the same objects from inside undici as its index exports', () => {
  const { Pool, Dispatcher, ProxyAgent, buildConnector, errors } = whole;
  expect(parts.Pool).toBe(Pool);
  expect(parts.buildConnector).toBe(buildConnector);
  expect(parts.Dispatcher).toBe(Dispatcher);
  expect(parts.loadProxyAgent()).toBe(ProxyAgent);
  expect(parts.errors).toBe(errors);
});
