import { execFileSync } from 'node:child_process';
import { type AttributeValue, SpanKind } from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/config/index.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { startOpenTelemetry } from '../../../src/telemetry/tracing/open-telemetry.ts';
import { allChanges, changes, ids } from '../../support/changes.ts';
import { credentials, testGateway } from '../../support/gateway.ts';
import { startProcess } from '../../support/process.ts';
import { startVendor } from '../../support/vendor.ts';
import { faults, over, own, startWorld } from '../../support/world.ts';

const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** A gateway whose traces are kept. */
function traced(env: Record<string, string>) {
  const all = { OTEL_TRACES_EXPORTER: 'otlp', OTEL_BSP_SCHEDULE_DELAY: '1', ...env };
  const { tracing: settings } = parseConfig(all);
  if (settings === null) throw new Error('traces are off');
  const exporter = new InMemorySpanExporter();
  // Ended spans would be forgotten by the exporter once it is shut down.
  exporter.shutdown = () => Promise.resolve();
  const tracing = startOpenTelemetry(settings, createLog({ write: () => {} }), exporter);
  const gateway = testGateway(all, undefined, tracing);
  return {
    gateway,
    spans: async () => {
      await tracing.close();
      return exporter.getFinishedSpans();
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

function named(spans: readonly ReadableSpan[], name: string): ReadableSpan {
  const found = spans.find((span) => span.name === name);
  if (found === undefined) throw new Error(`no ${name} in ${spans.map((one) => one.name)}`);
  return found;
}

test('traces an operation, its root field and its attempts as nested spans', async () => {
  await using world = await startWorld(true, [{ isMade: true, fault: faults.reset }]);
  await using all = traced(over(world));
  await changes.removeOrgMember.make(all.gateway, { ...credentials, traceparent: parent });
  const spans = await all.spans();
  const operation = named(spans, 'mutation');
  expect(operation.parentSpanContext).toMatchObject({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    isRemote: true,
  });
  expect(operation.kind).toBe(SpanKind.SERVER);
  expect(operation.attributes).toEqual({
    'graphql.operation.type': 'mutation',
    'graphql.operation.name': 'RemoveOrgMember',
  });
  const field = named(spans, 'resolve removeOrgMember');
  expect(field.parentSpanContext?.spanId).toBe(operation.spanContext().spanId);
  expect(field.attributes).toEqual({ 'graphql.field.name': 'removeOrgMember' });
  const attempts = spans.filter(({ name }) => name === 'DELETE /organization/members/{userId}');
  const { hostname, port } = new URL(world.url);
  const common = {
    'http.request.method': 'DELETE',
    'url.template': '/organization/members/{userId}',
    'server.address': hostname,
    'server.port': Number(port),
  };
  expect(attempts.map(({ attributes }) => attributes)).toEqual([
    { ...common, 'error.type': 'connection' },
    {
      ...common,
      'http.request.resend_count': 1,
      'http.response.status_code': 404,
      'error.type': '404',
    },
  ]);
  const readBack = named(spans, 'GET /organization/members');
  expect(readBack.attributes['http.response.status_code']).toBe(200);
  for (const attempt of [...attempts, readBack]) {
    expect(attempt.kind).toBe(SpanKind.CLIENT);
    expect(attempt.parentSpanContext?.spanId).toBe(field.spanContext().spanId);
    expect(attempt.spanContext().traceId).toBe(operation.spanContext().traceId);
  }
});

test('keeps the traces of concurrent requests apart', async () => {
  await using world = await startWorld(true);
  await using all = traced(over(world));
  const ids = Array.from({ length: 20 }, (_, index) => String(index).padStart(32, 'a'));
  await Promise.all(
    ids.map((id) =>
      all.gateway.sendText('{ vendors { title } stream(id: 7) { leaders { leaderId } } }', {
        ...credentials,
        traceparent: `00-${id}-b7ad6b7169203331-01`,
      }),
    ),
  );
  const spans = await all.spans();
  for (const id of ids) {
    const own = spans.filter((span) => span.spanContext().traceId === id);
    expect(own.map(({ name }) => name).toSorted()).toEqual([
      'GET /api/streams/{stream_id}/leaders',
      'query',
      'resolve stream',
      'resolve vendors',
    ]);
  }
});

test.each(allChanges)(
  'marks the span of a field with only the type of the error of $name',
  async (change) => {
    await using vendor = await startVendor(own(401));
    await using all = traced({ [change.urlVariable]: vendor.url });
    await change.make(all.gateway);
    const field = named(await all.spans(), `resolve ${change.name}`);
    expect(field.attributes['error.type']).toBe('AuthenticationError');
    expect(field.events).toEqual([]);
  },
);

test('sends traceparent only to configured vendors, and never baggage', async () => {
  await using world = await startWorld(true);
  const headers = {
    ...credentials,
    traceparent: parent,
    tracestate: 'a=1',
    baggage: 'user=canary',
  };
  await using silent = traced(over(world));
  for (const change of allChanges) await change.make(silent.gateway, headers);
  expect(world.vendor.calls.length).toBeGreaterThan(5);
  for (const call of world.vendor.calls) expect(call.headers).not.toHaveProperty('traceparent');
  const before = world.vendor.calls.length;
  await using telling = traced(over(world, { TRACE_VENDORS: 'kaiten' }));
  for (const change of allChanges) await change.make(telling.gateway, headers);
  const spans = await telling.spans();
  for (const call of world.vendor.calls.slice(before)) {
    if (!call.url.startsWith('/groups/')) {
      expect(call.headers).not.toHaveProperty('traceparent');
      continue;
    }
    const span = named(spans, 'DELETE /groups/{group_uid}/users/{user_id}');
    const { traceId, spanId } = span.spanContext();
    expect(call.headers['traceparent']).toBe(`00-${traceId}-${spanId}-01`);
    expect(call.headers['tracestate']).toBe('a=1');
  }
  for (const call of world.vendor.calls) expect(call.headers).not.toHaveProperty('baggage');
});

test('respects a caller that does not sample', async () => {
  await using world = await startWorld(true);
  await using all = traced(over(world));
  await changes.leaveGroup.make(all.gateway, {
    ...credentials,
    traceparent: parent.replace(/01$/, '00'),
  });
  expect(await all.spans()).toEqual([]);
});

test.each(['nonsense', `${parent}-x`, parent.replace('b7ad6b7169203331', '0000000000000000')])(
  'starts a new trace for a malformed traceparent: %s',
  async (traceparent) => {
    await using world = await startWorld(true);
    await using all = traced(over(world));
    await changes.leaveGroup.make(all.gateway, { ...credentials, traceparent });
    expect(named(await all.spans(), 'mutation').parentSpanContext).toBe(undefined);
  },
);

test('exports no id, address, credential, document or baggage in any attribute, name or event', async () => {
  await using world = await startWorld(true, [{ isMade: true, fault: faults.page }]);
  await using all = traced(over(world, { TRACE_VENDORS: 'wethod,kaiten,aerospike,rocketchat' }));
  const headers = { ...credentials, traceparent: parent, baggage: 'user=canary' };
  for (const change of allChanges) await change.make(all.gateway, headers);
  await all.gateway.sendText(
    '{ memberships(email: "canary@example.com") { groups { name } } }',
    headers,
  );
  await all.gateway.sendText('{ canary: stream(id: "canary") { name } }', headers);
  const texts = (await all.spans()).flatMap(({ name, attributes, events, status }) => [
    name,
    ...Object.values(attributes).map((value: AttributeValue | undefined) => String(value)),
    JSON.stringify(events),
    status.message ?? '',
  ]);
  expect(texts.length).toBeGreaterThan(50);
  const numbers: readonly string[] = [ids.streamId, ids.leaderId, ids.kaitenUserId];
  const secrets = [...Object.values(credentials), ...Object.values(ids), 'canary'];
  for (const text of texts) {
    expect(numbers).not.toContain(text);
    for (const secret of secrets.filter((one) => !numbers.includes(one))) {
      expect(text).not.toContain(secret);
    }
  }
});

test('sends traces of npm start to OTEL_EXPORTER_OTLP_ENDPOINT', async () => {
  await using collector = await startVendor({ status: 200 });
  await using vendor = await startVendor({ status: 204 });
  await using gateway = startProcess('main.ts', {
    AEROSPIKE_URL: vendor.url,
    PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_SERVICE_NAME: 'gateway-of-a-test',
  });
  const [, url = ''] = await gateway.printed(/"url":"([^"]+)"/);
  const query = `mutation Sent { removeOrgMember(input: {userId: "${ids.memberId}"}) { __typename } }`;
  const headers = { ...credentials, 'content-type': 'application/json' };
  await (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })).text();
  gateway.child.kill('SIGTERM');
  expect(await gateway.exited).toBe(0);
  const [sent] = collector.calls;
  expect(sent).toMatchObject({
    method: 'POST',
    url: '/v1/traces',
    headers: { 'content-type': 'application/x-protobuf' },
  });
  // Texts stand in Protocol Buffers as they are.
  const body = collector.calls.map((call) => call.body).join('');
  for (const text of ['gateway-of-a-test', 'Sent', 'resolve removeOrgMember', '{userId}']) {
    expect(body).toContain(text);
  }
  expect(body).not.toContain(ids.memberId);
  expect(body).not.toContain('aerospike-token-1');
});

test('loses only traces if the collector is unreachable', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = startProcess('main.ts', {
    AEROSPIKE_URL: vendor.url,
    PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  });
  const [, url = ''] = await gateway.printed(/"url":"([^"]+)"/);
  const headers = { ...credentials, 'content-type': 'application/json' };
  const query = `mutation { removeOrgMember(input: {userId: "${ids.memberId}"}) { __typename } }`;
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  expect(await answer.json()).toMatchObject({ data: { removeOrgMember: {} } });
  gateway.child.kill('SIGTERM');
  expect(await gateway.exited).toBe(0);
});

test('loads neither OpenTelemetry nor prom-client if traces are off', () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    const { parseConfig } = await import('./src/config/index.ts');
    const { createGateway } = await import('./src/gateway.ts');
    const { startTracing } = await import('./src/telemetry/tracing/start.ts');
    const config = parseConfig({ KAITEN_URL: 'http://127.0.0.1:9' });
    createGateway(config, { tracing: await startTracing(config.tracing) });
    process.stdout.write(String(loaded.filter((url) => /opentelemetry|prom-client|pino-pretty/.test(url))));
    process.stdout.write(loaded.length > 100 ? '' : 'too few');`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: new URL('../../..', import.meta.url),
    encoding: 'utf8',
  });
  expect(output).toBe('');
});
