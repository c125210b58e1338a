import type { WindowLimit } from '../upstream/resilience/fixed-window.ts';
import type { Vendor } from '../vendors/core/define-vendor.ts';
import { type VendorKey, vendorKeys, vendors } from '../vendors/index.ts';
import { proxyExceptionsParser, proxyUrlParser } from './egress.ts';
import {
  countParser,
  createMillisecondsParser,
  type Parser,
  rateLimitParser,
  secureUrlParser,
  textParser,
  versionParser,
} from './parsers.ts';
import { defineVariable, type Row, type Variable } from './variable.ts';

type Prefix = Uppercase<VendorKey>;

/** The variables that each vendor's declaration gives rise to. Only vendors with API versions have the third. */
interface VendorVariables {
  readonly variables: { readonly [Name in `${Prefix}_URL`]: Variable<URL, null> } & {
    readonly [Name in `${Prefix}_RATE_LIMIT`]: Variable<WindowLimit | null, string>;
  } & { readonly [Name in `${Prefix}_VERSION`]: Variable<string, string> };
}

/** A row whose variables are known to the type checker, although they are derived from declarations. */
export type VendorRow = Row & VendorVariables;

/** Returns what the names of a vendor's variables begin with. */
export function toPrefix(key: VendorKey): Prefix {
  return key.toUpperCase() as Prefix;
}

type Declaration = Pick<
  Vendor<never, unknown, unknown>,
  'title' | 'urlVariable' | 'url' | 'rateLimit' | 'rateLimitScope' | 'apiVersion'
>;

const declarations = vendorKeys.map((key): [Prefix, Declaration] => [toPrefix(key), vendors[key]]);

const urlRows: readonly Row[] = declarations.flatMap(([prefix, vendor]) => {
  const { title, urlVariable, url, apiVersion } = vendor;
  const urlRow = {
    variables: { [urlVariable]: defineVariable(secureUrlParser) },
    meaning: `base URL of ${title}, e.g. \`${url.example}\``,
  };
  if (apiVersion === undefined) return [urlRow];
  const versionRow = {
    variables: { [`${prefix}_VERSION`]: defineVariable(versionParser, apiVersion.default) },
    meaning: `API version of ${title}, sent as \`${apiVersion.header}\``,
  };
  return [urlRow, versionRow];
});

const rateLimitRow: Row = {
  variables: Object.fromEntries(
    declarations.map(([prefix, { rateLimit }]) => [
      `${prefix}_RATE_LIMIT`,
      {
        ...defineVariable(rateLimitParser, rateLimit.default),
        ...(rateLimit.formerVariable !== undefined && { alias: rateLimit.formerVariable }),
      },
    ]),
  ),
  meaning:
    "the vendor's rate limit as calls/seconds, or `off`. With `postgres://` all replicas share it; otherwise it is this process's share. Limits reported in the vendor's response headers replace a default in both directions, but only lower a value that is set here",
};

/** The base URLs and API versions of the vendors. */
export const vendorUrlRows = urlRows as readonly VendorRow[];

/** The rate limits of the vendors. */
export const vendorRateLimitRows = [rateLimitRow] as readonly Row[] as readonly VendorRow[];

const groupParser: Parser<string> = {
  expects: 'a name of 1 to 64 letters, digits, dots, hyphens and underscores',
  parse: (text) => (/^[\w.-]{1,64}$/.test(text) ? text : undefined),
};

const countedByAddress = declarations
  .filter(([, { rateLimitScope }]) => rateLimitScope === 'route')
  .map(([, { title }]) => title)
  .join(' and ');

/** The replicas that share a rate limit. */
export const egressGroupRows = [
  {
    variables: { EGRESS_GROUP: defineVariable(groupParser, 'default') },
    meaning: `the replicas that share an outgoing address. With \`postgres://\`, each group has a rate limit of its own at vendors that count calls by address (${countedByAddress}). Replicas behind one address with different groups exceed the limit, so change it only if the addresses surely differ`,
  },
] as const satisfies readonly Row[];

/** The route of calls to the vendors, and their timeouts. */
export const egressRows = [
  {
    variables: {
      HTTPS_PROXY: { ...defineVariable(proxyUrlParser), otherSpelling: 'https_proxy' },
      NO_PROXY: { ...defineVariable(proxyExceptionsParser), otherSpelling: 'no_proxy' },
    },
    meaning:
      'the proxy for all calls to `https://` URLs, e.g. `http://proxy.example.com:3128`, and the hosts that are called without it, e.g. `.example.com,10.0.0.0/8`. The lower-case spellings are also read, and win if both are set',
  },
  {
    variables: { NODE_EXTRA_CA_CERTS: defineVariable(textParser) },
    meaning: 'a PEM file of certificate authorities to trust in addition to those of Node.js',
  },
  {
    variables: {
      VENDOR_TIMEOUT_MS: defineVariable(createMillisecondsParser(1, 'at least 1'), '5000'),
    },
    meaning: 'timeout of one call to a vendor, from leaving the queue to the last byte',
  },
  {
    variables: {
      FIELD_TIMEOUT_MS: defineVariable(createMillisecondsParser(2, 'at least 2'), '20000'),
    },
    meaning:
      'timeout of one root field, including everything that is read below it; at least 2 × `VENDOR_TIMEOUT_MS`',
  },
  {
    variables: {
      REQUEST_TIMEOUT_MS: defineVariable(createMillisecondsParser(2, 'at least 2'), '60000'),
    },
    meaning:
      'timeout of one document; at least `FIELD_TIMEOUT_MS`. Fields that have not begun by then are not sent',
  },
] as const satisfies readonly Row[];

/** The bulkheads of the vendors. */
export const bulkheadRows = [
  {
    variables: {
      VENDOR_CONCURRENCY: defineVariable(countParser, '256'),
      VENDOR_QUEUE: defineVariable(countParser, '4096'),
    },
    meaning:
      "calls in flight and calls queued per vendor. A queued change waits until 2 × `VENDOR_TIMEOUT_MS` of its field's time are left, a queued read until 1 ×",
  },
] as const satisfies readonly Row[];
