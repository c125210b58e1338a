import type { AuditLog } from '../changes/audit-log.ts';
import type { Lifecycle } from '../server/lifecycle.ts';
import { type Clients, type VendorKey, vendorKeys } from '../vendors/index.ts';

/** The state of one vendor. */
export interface VendorReadiness {
  readonly configured: boolean;
  /** Absent, like all further members, if the vendor is not configured. */
  readonly circuit?: 'closed' | 'open' | 'probing';
  /** When the circuit breaker opened (ISO 8601); null while it is closed. */
  readonly circuitOpenSince?: string | null;
  readonly bulkhead?: {
    readonly places: number;
    readonly taken: number;
    readonly waiting: number;
  };
  readonly connections?: { readonly connected: number; readonly free: number } | null;
}

/** The readiness of the gateway with details, the JSON of `/ready` on the admin port. */
export interface Readiness {
  readonly ready: boolean;
  readonly stopping: boolean;
  /** Responses and changes in flight. */
  readonly underWay: number;
  /** Whether changes can be recorded; null if there is no audit log. */
  readonly auditWritable: boolean | null;
  readonly vendors: Readonly<Record<string, VendorReadiness>>;
}

/**
 * Returns whether the gateway is ready: it is not during shutdown, and not while an audit log of its own cannot be written. An
 * outage of a vendor, or of a database that all replicas share, does not affect readiness: reads still work, and no other
 * replica would do better.
 */
export async function checkReadiness(
  lifecycle: Lifecycle,
  audit: AuditLog | null,
  clients: Clients,
): Promise<Readiness> {
  const auditWritable = audit === null ? null : await audit.isWritable();
  const stopping = lifecycle.isStopping;
  return {
    ready: !stopping && (auditWritable !== false || audit?.database?.events.isShared === true),
    stopping,
    underWay: lifecycle.inFlight,
    auditWritable,
    vendors: Object.fromEntries(vendorKeys.map((key) => [key, describeVendor(clients[key])])),
  };
}

function describeVendor(client: Clients[VendorKey]): VendorReadiness {
  if (client === null) return { configured: false };
  const { circuit, places, taken, waiting } = client.admission.status;
  const { state, downSince } = circuit;
  return {
    configured: true,
    circuit: state,
    circuitOpenSince: downSince === null ? null : new Date(downSince).toISOString(),
    bulkhead: { places, taken, waiting },
    connections: client.connections && {
      connected: client.connections.connected,
      free: client.connections.free,
    },
  };
}
