import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/**
 * Returns an ID that is unique across tenants that use the same IDs. The tenant is hashed, since it may be a part of the
 * caller's credentials (Wethod's company).
 *
 * @param tenant the tenant that the entity belongs to
 * @param key the vendor's own ID of the entity
 */
export function toNodeId(tenant: string, key: string): string {
  return `${hashTenant(tenant)}:${key}`;
}

/** Returns the vendor's own ID from a node's ID; null if the entity belongs to another tenant. */
export function toKey(id: string, tenant: string): string | null {
  const prefix = `${hashTenant(tenant)}:`;
  return id.startsWith(prefix) ? id.slice(prefix.length) : null;
}

/** Returns the opaque ID of an entity, which clients see. */
export function encodeGlobalId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

/** Returns the type and the node's ID from an opaque ID; null if it is malformed. */
export function decodeGlobalId(globalId: string): { typename: string; id: string } | null {
  const text = Buffer.from(globalId, 'base64url').toString();
  const [, typename, id] = /^([A-Z][A-Za-z]*):([\w-]{12}:.+)$/s.exec(text) ?? [];
  if (typename === undefined || id === undefined) return null;
  return encodeGlobalId(typename, id) === globalId ? { typename, id } : null;
}

/** The hashes of the most recent tenants: a response may contain thousands of IDs of one tenant. */
const hashes = new LRUCache<string, string>({ max: 1_000 });

function hashTenant(tenant: string): string {
  let hashed = hashes.get(tenant);
  if (hashed === undefined) {
    hashed = hash('sha256', tenant, 'base64url').slice(0, 12);
    hashes.set(tenant, hashed);
  }
  return hashed;
}
