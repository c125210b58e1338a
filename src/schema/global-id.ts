import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/**
 * What the opaque id of an entity is made from, beside its type: unique across tenants who use the
 * same ids. The tenant is hashed, since it may be a part of the caller's credentials (Wethod's
 * company).
 *
 * @param tenant whose entity it is
 * @param key the vendor's own id
 */
export function toNodeId(tenant: string, key: string): string {
  return `${ownerOf(tenant)}:${key}`;
}

/** The vendor's own id in a node's id; null where it is another tenant's entity. */
export function toKey(id: string, tenant: string): string | null {
  const owner = `${ownerOf(tenant)}:`;
  return id.startsWith(owner) ? id.slice(owner.length) : null;
}

/** The opaque id of an entity, as clients see it. */
export function encodeGlobalId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

/** What is in an opaque id; null where it is none. */
export function decodeGlobalId(globalId: string): { typename: string; id: string } | null {
  const text = Buffer.from(globalId, 'base64url').toString();
  const [, typename, id] = /^([A-Z][A-Za-z]*):([\w-]{12}:.+)$/s.exec(text) ?? [];
  if (typename === undefined || id === undefined) return null;
  return encodeGlobalId(typename, id) === globalId ? { typename, id } : null;
}

/** The hashes of the tenants seen last: an answer may show thousands of ids of one tenant. */
const owners = new LRUCache<string, string>({ max: 1_000 });

function ownerOf(tenant: string): string {
  let owner = owners.get(tenant);
  if (owner === undefined) {
    owner = hash('sha256', tenant, 'base64url').slice(0, 12);
    owners.set(tenant, owner);
  }
  return owner;
}
