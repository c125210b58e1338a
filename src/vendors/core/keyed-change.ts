import { createHmac, hash } from 'node:crypto';
import type { MembershipVendor } from '../../errors.ts';
import type { KeyedChange } from '../../state/ledger.ts';
import type { ChangeSpec } from './change.ts';
import type { Credentials, CredentialsOwner } from './credentials.ts';
import type { TenantReader } from './dialect.ts';

/** 1 to 255 visible ASCII characters. */
const keyPattern = /^[\x21-\x7e]{1,255}$/;

/** Returns whether an idempotency key has the required form. */
export function isIdempotencyKey(key: string): boolean {
  return keyPattern.test(key);
}

/** The parts that a change under an idempotency key is identified by. */
export interface KeyedChangeParts<V extends MembershipVendor> {
  readonly key: string;
  readonly spec: ChangeSpec<V, unknown>;
  readonly vendor: CredentialsOwner<V> & TenantReader<V>;
  readonly credentials: Credentials<V>;
  /** The vendor's URL. */
  readonly base: string;
  /** The caller without ambiguity; null if it is anonymous. */
  readonly callerId: string | null;
  /** The secret of keyed hashes: with it alone nobody can find out a credential from its hash. */
  readonly secret: Uint8Array;
}

/** Identifies a change under an idempotency key: by the caller and the mutation, and by all that makes it the same change. */
export function createKeyedChange<V extends MembershipVendor>({
  key,
  spec,
  vendor,
  credentials,
  base,
  callerId,
  secret,
}: KeyedChangeParts<V>): KeyedChange {
  const hashCredentials = () =>
    createHmac('sha256', secret).update(credentials.headers.join('\n')).digest('base64url');
  const caller = callerId ?? `anonymous:${hashCredentials()}`;
  const tenant = vendor.getTenant === undefined ? '' : vendor.getTenant(credentials);
  const identity = [
    spec.mutation,
    Object.entries(spec.ids).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    base,
    tenant ?? hashCredentials(),
    spec.isOfOwner ? listOwner(vendor, credentials) : [],
  ];
  const fingerprint = hash('sha256', JSON.stringify(identity), 'base64url');
  return { scope: `${spec.mutation} ${caller}`, key, fingerprint };
}

/** Returns the parts of credentials that name their owner, and are no secrets. */
function listOwner<V extends MembershipVendor>(
  { credentialHeaders }: CredentialsOwner<V>,
  credentials: Credentials<V>,
): readonly string[] {
  const named = credentialHeaders.filter(({ secret }) => !secret);
  return named.map(({ incoming }) => credentials.value(incoming));
}
