import * as whole from 'undici';
import { expect, test } from 'vitest';
import * as parts from '../../src/upstream/undici.ts';

test('what is taken from inside undici is what its index gives', () => {
  const { Pool, Dispatcher, ProxyAgent, buildConnector, errors } = whole;
  expect(parts.Pool).toBe(Pool);
  expect(parts.buildConnector).toBe(buildConnector);
  expect(parts.Dispatcher).toBe(Dispatcher);
  expect(parts.loadProxyAgent()).toBe(ProxyAgent);
  expect(parts.errors).toBe(errors);
});
