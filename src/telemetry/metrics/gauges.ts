import packageJson from '../../../package.json' with { type: 'json' };
import type { AuditLog } from '../../changes/audit-log.ts';
import type { Lifecycle } from '../../server/lifecycle.ts';
import type { VendorClient } from '../../upstream/client.ts';
import type { AdmissionStatus } from '../../upstream/resilience/admission.ts';
import type { Clients } from '../../vendors/index.ts';
import type { Gauge, Sample } from './registry.ts';

const states = ['closed', 'open', 'probing'] as const;

/** What is read of a process when somebody asks for its metrics. */
export function createGauges(
  lifecycle: Lifecycle,
  audit: AuditLog | null,
  clients: Clients,
): readonly Gauge[] {
  const configured = (Object.keys(clients) as (keyof Clients)[]).flatMap((key) => {
    const client = clients[key];
    return client === null ? [] : [[key.toUpperCase(), client] as const];
  });
  const each = (value: (client: VendorClient) => number) => () =>
    configured.map(([vendor, client]) => ({ labels: { vendor }, value: value(client) }));
  const byGate = (value: (gate: AdmissionStatus) => number) =>
    each(({ admission }) => value(admission.status));
  return [
    gauge('build_info', 'The version of the gateway, and of Node.js.', ['version', 'node'], () => [
      { labels: { version: packageJson.version, node: process.version }, value: 1 },
    ]),
    gauge('stopping', 'Whether the process takes no new work.', [], () =>
      single(Number(lifecycle.isStopping)),
    ),
    gauge('work_under_way', 'Answers and changes under way.', [], () => single(lifecycle.underWay)),
    ...(audit === null
      ? []
      : [
          gauge(
            'audit_writable',
            'Whether the audit log can be written: its last line was, and none has been on its way for a second.',
            [],
            () => single(Number(audit.wasWritable)),
          ),
        ]),
    gauge(
      'circuit_state',
      'Whether the circuit of a vendor is in a state.',
      ['vendor', 'state'],
      () =>
        configured.flatMap(([vendor, { admission }]) =>
          states.map((state) => ({
            labels: { vendor, state },
            value: Number(admission.status.circuit.state === state),
          })),
        ),
    ),
    gauge(
      'circuit_down_since_timestamp_seconds',
      'Since when a vendor counts as down; 0 while it does not.',
      ['vendor'],
      byGate(({ circuit }) => (circuit.downSince ?? 0) / 1_000),
    ),
    counter(
      'circuit_openings_total',
      'How often a vendor began to count as down.',
      ['vendor'],
      byGate(({ circuit }) => circuit.openings),
    ),
    counter(
      'circuit_refusals_total',
      'Changes and reads that were refused while the circuit was open.',
      ['vendor'],
      byGate(({ circuitRefusals }) => circuitRefusals),
    ),
    gauge(
      'bulkhead_places',
      'How many changes and reads may be under way.',
      ['vendor'],
      byGate(({ places }) => places),
    ),
    gauge(
      'bulkhead_taken',
      'How many changes and reads are under way.',
      ['vendor'],
      byGate(({ taken }) => taken),
    ),
    gauge(
      'bulkhead_waiting',
      'How many changes and reads wait for a place.',
      ['vendor'],
      byGate(({ waiting }) => waiting),
    ),
    counter(
      'bulkhead_refusals_total',
      'Changes and reads that were refused for want of a place.',
      ['vendor'],
      byGate(({ overloads }) => overloads),
    ),
    gauge(
      'pool_connections',
      'Connections to a vendor.',
      ['vendor'],
      each((client) => client.connections?.connected ?? 0),
    ),
    gauge(
      'pool_connections_free',
      'Those of them that nothing uses.',
      ['vendor'],
      each((client) => client.connections?.free ?? 0),
    ),
  ];
}

function gauge(
  name: string,
  help: string,
  labels: readonly string[],
  read: () => readonly Sample[],
): Gauge {
  return { name, help, labels, type: 'gauge', read };
}

function counter(
  name: string,
  help: string,
  labels: readonly string[],
  read: () => readonly Sample[],
): Gauge {
  return { name, help, labels, type: 'counter', read };
}

function single(value: number): readonly Sample[] {
  return [{ labels: {}, value }];
}
