import type { AuditLog } from '../changes/audit-log.ts';
import type { Lifecycle } from '../server/lifecycle.ts';
import type { Clients, VendorKey } from '../vendors/index.ts';

/** What whoever operates the gateway is told of one vendor. */
export interface VendorReadiness {
  readonly configured: boolean;
  /** Absent for a vendor without a URL, as is all that follows. */
  readonly circuit?: 'closed' | 'open' | 'probing';
  /** Since when the vendor counts as down (ISO 8601), null while it does not. */
  readonly circuitOpenSince?: string | null;
  readonly bulkhead?: {
    readonly places: number;
    readonly taken: number;
    readonly waiting: number;
  };
  readonly connections?: { readonly connected: number; readonly free: number } | null;
}

/** Whether the gateway takes traffic, and what it tells of itself beside. */
export interface Readiness {
  readonly ready: boolean;
  readonly stopping: boolean;
  /** Answers and changes under way. */
  readonly underWay: number;
  /** Null where no record is kept. */
  readonly auditWritable: boolean | null;
  readonly vendors: Readonly<Record<string, VendorReadiness>>;
}

/**
 * Whether the gateway takes traffic: not while it stops, and not while the audit log cannot be written. A
 * vendor that is down is told of, and takes nothing from the others.
 */
export async function checkReadiness(
  lifecycle: Lifecycle,
  audit: AuditLog | null,
  clients: Clients,
): Promise<Readiness> {
  const auditWritable = audit === null ? null : await audit.isWritable();
  const stopping = lifecycle.isStopping;
  const keys = Object.keys(clients) as VendorKey[];
  return {
    ready: !stopping && auditWritable !== false,
    stopping,
    underWay: lifecycle.underWay,
    auditWritable,
    vendors: Object.fromEntries(keys.map((key) => [key, vendorReadiness(clients[key])])),
  };
}

function vendorReadiness(client: Clients[VendorKey]): VendorReadiness {
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
