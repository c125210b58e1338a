import packageJson from '../../../package.json' with { type: 'json' };
import type { AuditLog } from '../../changes/audit-log.ts';
import type { Lifecycle } from '../../server/lifecycle.ts';
import type { VendorClient } from '../../upstream/client.ts';
import type { AdmissionStatus } from '../../upstream/resilience/admission.ts';
import type { SharingStatus } from '../../upstream/resilience/rate-limiter.ts';
import { type Clients, vendorKeys, vendors } from '../../vendors/index.ts';
import type { MeasuredLedger } from '../database-calls.ts';
import { createCounter, createGauge, type Gauge, type Sample, toSamples } from './gauge.ts';

const states = ['closed', 'open', 'probing'] as const;

interface BulkheadGauge {
  readonly name: string;
  readonly help: string;
  value(status: AdmissionStatus): number;
}

/** The gauges of the bulkheads. Those with former names are exported until the next minor version. */
const bulkheadGauges: readonly BulkheadGauge[] = [
  {
    name: 'bulkhead_limit',
    help: 'The most changes and reads in flight at a vendor.',
    value: ({ places }) => places,
  },
  {
    name: 'bulkhead_active',
    help: 'Changes and reads in flight at a vendor.',
    value: ({ taken }) => taken,
  },
  {
    name: 'bulkhead_queued',
    help: 'Changes and reads queued for a vendor.',
    value: ({ waiting }) => waiting,
  },
  {
    name: 'bulkhead_places',
    help: 'Deprecated: use bulkhead_limit.',
    value: ({ places }) => places,
  },
  { name: 'bulkhead_taken', help: 'Deprecated: use bulkhead_active.', value: ({ taken }) => taken },
  {
    name: 'bulkhead_waiting',
    help: 'Deprecated: use bulkhead_queued.',
    value: ({ waiting }) => waiting,
  },
];

/** Creates the metrics that are read from the state of the process when they are requested. */
export function createGauges(
  lifecycle: Lifecycle,
  audit: AuditLog | null,
  database: MeasuredLedger | null,
  clients: Clients,
): readonly Gauge[] {
  const configured = vendorKeys.flatMap((key) => {
    const client = clients[key];
    return client === null ? [] : [[vendors[key].id, client] as const];
  });
  const forEachVendor = (value: (client: VendorClient) => number) => () =>
    configured.map(([vendor, client]) => ({ labels: { vendor }, value: value(client) }));
  const byAdmission = (value: (status: AdmissionStatus) => number) =>
    forEachVendor(({ admission }) => value(admission.status));
  const bySharing = (value: (status: SharingStatus) => number) => () =>
    configured.flatMap(([vendor, { limiter }]) => {
      const status = limiter?.sharing ?? null;
      return status === null ? [] : [{ labels: { vendor }, value: value(status) }];
    });
  return [
    createGauge(
      'build_info',
      'Versions of the gateway and of Node.js.',
      ['version', 'node'],
      () => [{ labels: { version: packageJson.version, node: process.version }, value: 1 }],
    ),
    createGauge(
      'stopping',
      '1 while the process is shutting down and accepts no new work.',
      [],
      () => toSamples(Number(lifecycle.isStopping)),
    ),
    createGauge('work_under_way', 'Responses and changes in flight.', [], () =>
      toSamples(lifecycle.inFlight),
    ),
    ...(audit === null
      ? []
      : [
          createGauge(
            'audit_writable',
            '1 if the audit log can be written: the last line was written, and no line has been pending for a second.',
            [],
            () => toSamples(Number(audit.wasWritable)),
          ),
        ]),
    ...(database === null
      ? []
      : [
          createGauge('database_up', '1 if the last call to the database succeeded.', [], () =>
            toSamples(Number(database.isReachable)),
          ),
          createGauge(
            'oldest_unfinished_change_seconds',
            'Time since the oldest change with an idempotency key was sent whose end is not stored; 0 if there is none.',
            [],
            () => toSamples(database.oldestIntentMs / 1_000),
          ),
        ]),
    createGauge(
      'circuit_state',
      '1 for the state that the circuit breaker of a vendor is in.',
      ['vendor', 'state'],
      () =>
        configured.flatMap(([vendor, { admission }]) =>
          states.map((state) => ({
            labels: { vendor, state },
            value: Number(admission.status.circuit.state === state),
          })),
        ),
    ),
    createGauge(
      'circuit_down_since_timestamp_seconds',
      'Time at which the circuit breaker of a vendor opened; 0 while it is closed.',
      ['vendor'],
      byAdmission(({ circuit }) => (circuit.downSince ?? 0) / 1_000),
    ),
    createCounter(
      'circuit_openings_total',
      'Number of times the circuit breaker of a vendor opened.',
      ['vendor'],
      byAdmission(({ circuit }) => circuit.openings),
    ),
    createCounter(
      'circuit_refusals_total',
      'Changes and reads rejected because the circuit breaker was open.',
      ['vendor'],
      byAdmission(({ circuitRefusals }) => circuitRefusals),
    ),
    ...bulkheadGauges.map(({ name, help, value }) =>
      createGauge(name, help, ['vendor'], byAdmission(value)),
    ),
    createCounter(
      'bulkhead_refusals_total',
      'Changes and reads rejected because the bulkhead was full.',
      ['vendor'],
      byAdmission(({ overloads }) => overloads),
    ),
    createGauge(
      'pool_connections',
      'Open connections to a vendor.',
      ['vendor'],
      forEachVendor((client) => client.connections?.connected ?? 0),
    ),
    createGauge(
      'pool_connections_free',
      'Idle connections to a vendor.',
      ['vendor'],
      forEachVendor((client) => client.connections?.free ?? 0),
    ),
    ...createSharingGauges(bySharing),
  ];
}

/** Creates the metrics of the rate limits that replicas share. */
function createSharingGauges(
  by: (value: (status: SharingStatus) => number) => () => readonly Sample[],
): readonly Gauge[] {
  return [
    createCounter(
      'rate_limit_bookings_total',
      "Round trips to the shared database for slots of a vendor's rate limit.",
      ['vendor'],
      by(({ bookings }) => bookings),
    ),
    createCounter(
      'rate_limit_booking_seconds_total',
      "Total duration of the round trips to the shared database for slots of a vendor's rate limit.",
      ['vendor'],
      by(({ bookingMs }) => bookingMs / 1_000),
    ),
    createCounter(
      'rate_limit_late_slots_total',
      'Slots of the shared rate limit that were booked again, because their time passed before the call was written.',
      ['vendor'],
      by(({ late }) => late),
    ),
    createGauge(
      'rate_limit_database_up',
      "1 if the shared database answers bookings; 0 while changes are rejected and reads use this replica's share.",
      ['vendor'],
      by(({ isAway }) => Number(!isAway)),
    ),
  ];
}
