import { createHash } from 'node:crypto';

/**
 * The opaque id of an entity: unique across types, and across tenants who use the same ids. The
 * tenant is hashed, since it may be a part of the caller's credentials (Wethod's company).
 *
 * @param tenant whose entity it is
 * @param key the vendor's own id
 */
export function globalId(type: string, tenant: string, key: string): string {
  const owner = createHash('sha256').update(tenant).digest('base64url').slice(0, 12);
  return Buffer.from(`${type}:${owner}:${key}`).toString('base64url');
}
