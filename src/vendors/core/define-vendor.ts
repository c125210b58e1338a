import { maxAttempts } from '../../changes/retry.ts';
import type { MembershipVendor } from '../../errors.ts';
import { compilePath, type VendorPath } from '../../upstream/path.ts';
import type { RateLimitScope } from '../../upstream/resilience/rate-limiter.ts';
import type { ChangeDeclaration, VendorChange } from './change.ts';
import type { CredentialHeader } from './credentials.ts';
import type { TenantReader, VendorErrors } from './dialect.ts';
import type { VendorReader } from './reader.ts';

/** Settings from the configuration that a vendor's calls depend on. */
export interface VendorSettings {
  /** The API version to request; empty for a vendor without {@link VendorDeclaration.apiVersion}. */
  readonly apiVersion: string;
}

/** The form of a vendor's base URL. */
export interface VendorUrl {
  readonly example: string;
  /** Matches a path that is probably a mistake. */
  readonly unusualPath: RegExp;
  /** Why such a path is probably a mistake, without the final period. */
  readonly advice: string;
}

/** The rate limit of a vendor's documentation. */
export interface DocumentedRateLimit {
  /** The limit as it would be configured: calls/seconds, or `off`. */
  readonly default: string;
  /** The variable's former name, accepted until the next major version. */
  readonly formerVariable?: string;
}

/** A vendor's authorization server, for services that have a client of their own (RFC 6749, section 4.4). */
export interface OAuthServer {
  /** The incoming credential header that the access token replaces. */
  readonly header: string;
  /** The token endpoint for clients that name none. */
  readonly tokenUrl: string;
}

// biome-ignore lint/suspicious/noExplicitAny: each change has its own input and value
type AnyChanges<V extends MembershipVendor> = Record<string, ChangeDeclaration<V, any, any>>;

/** Everything that the gateway has to know about a vendor. */
export interface VendorDeclaration<V extends MembershipVendor, Changes, Reads>
  extends TenantReader<V> {
  readonly id: V;
  /** The vendor's name as people write it. */
  readonly title: string;
  /** The vendor and what it keeps, as a sentence for the schema. */
  readonly description: string;
  readonly url: VendorUrl;
  readonly rateLimit: DocumentedRateLimit;
  /** The API version and the header that carries it, if the API has versions. */
  readonly apiVersion?: { readonly header: string; readonly default: string };
  /** Absent if the vendor offers no access tokens for clients. */
  readonly oauth?: OAuthServer;
  /** A read that changes nothing, and that the vendor rejects without a credential. */
  readonly harmlessRead: VendorPath;
  readonly credentialHeaders: readonly CredentialHeader[];
  /** What the vendor's rate limit counts by. */
  readonly rateLimitScope: RateLimitScope;
  /** Returns the headers of every request except the credentials: names and values in turn. */
  headers(settings: VendorSettings): readonly string[];
  /** How the vendor reports errors. */
  readonly errors: VendorErrors;
  /** Its mutations by name. */
  readonly changes: Changes;
  /** Reads the vendor, with its loaders: one for each query and each root mutation field. */
  readonly reads: new (
    reader: VendorReader<V>,
  ) => Reads;
  /** The endpoints that are read, as its documentation writes them: method and path, with `{parameters}`. */
  readonly readEndpoints: readonly string[];
}

/** A vendor with everything that follows from its declaration. */
export interface Vendor<V extends MembershipVendor, Changes, Reads>
  extends VendorDeclaration<V, Changes, Reads> {
  /** The vendor's name in the code and in the configuration. */
  readonly key: Lowercase<V>;
  /** The environment variable that holds its URL. */
  readonly urlVariable: string;
  /** All endpoints that are called: the labels of metrics and traces. */
  readonly endpoints: readonly string[];
}

type VendorChanges<V extends MembershipVendor, Changes> = {
  readonly [Name in keyof Changes]: Changes[Name] extends ChangeDeclaration<
    V,
    infer Input,
    infer Value
  >
    ? VendorChange<V, Input, Value>
    : never;
};

/** Declares a vendor, and derives the paths, the costs and the endpoint labels of its changes. */
export function defineVendor<V extends MembershipVendor, Changes extends AnyChanges<V>, Reads>(
  declaration: VendorDeclaration<V, Changes, Reads>,
): Vendor<V, VendorChanges<V, Changes>, Reads> {
  const { id, changes, readEndpoints } = declaration;
  const key = id.toLowerCase() as Lowercase<V>;
  const define = ([name, change]: [string, AnyChanges<V>[string]]) => {
    const [method, template = ''] = change.endpoint.split(' ') as ['POST' | 'DELETE', string];
    const maxCalls = maxAttempts + (change.readBackCalls ?? 1);
    const fillPath = compilePath(template, Object.keys(change.input));
    return [name, { ...change, name, vendor: id, key, method, maxCalls, fillPath }];
  };
  return {
    ...declaration,
    key,
    urlVariable: `${id}_URL`,
    changes: Object.fromEntries(Object.entries(changes).map(define)),
    endpoints: [...Object.values(changes).map(({ endpoint }) => endpoint), ...readEndpoints],
  };
}
