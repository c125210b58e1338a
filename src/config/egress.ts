import { BlockList, isIP } from 'node:net';
import { maskUrl } from './mask.ts';
import { isLoopback, type Parser } from './parsers.ts';

/** Returns whether a host is called without the proxy. IPv6 addresses are passed without brackets. */
export type ProxyExceptions = (hostname: string, port: number) => boolean;

/** The proxy for outgoing calls. */
export interface EgressProxy {
  readonly url: URL;
  readonly isException: ProxyExceptions;
}

/**
 * Returns the proxy to call a URL through; null to call it directly. `http://` URLs never use a proxy: they are on
 * loopback, and a proxy could read them.
 */
export function selectProxy(url: URL, proxy: EgressProxy | null): URL | null {
  if (proxy === null || url.protocol !== 'https:') return null;
  const hostname = stripBrackets(url.hostname).replace(/\.$/, '');
  const isDirect = isLoopback(hostname) || proxy.isException(hostname, Number(url.port || 443));
  return isDirect ? null : proxy.url;
}

/** The URL of a proxy that opens tunnels (RFC 9110, section 9.3.6). As in curl, the default scheme is `http://`. */
export const proxyUrlParser: Parser<URL> = {
  expects:
    'an http:// or https:// URL of a host and a port (https:// only with a host name), with user:password@ if the proxy requires them',
  show: maskUrl,
  parse: (text) => {
    const url = URL.parse(text.includes('://') ? text : `http://${text}`);
    if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
    if (url.pathname !== '/' || /[?#]/.test(text)) return undefined;
    // undici sends the proxy's host as the server name in TLS (SNI), which must not be an address (RFC 6066, section 3).
    if (url.protocol === 'https:' && isIP(stripBrackets(url.hostname)) !== 0) return undefined;
    return hasUsableCredentials(url) ? url : undefined;
  },
};

/**
 * Hosts that are called without the proxy, with the syntax of curl and Go: `example.com` and `.example.com` match the
 * host and its subdomains, `*.example.com` matches only subdomains, `*` matches everything.
 */
export const proxyExceptionsParser: Parser<ProxyExceptions> = {
  expects:
    'hosts, domains such as .example.com, addresses, networks such as 10.0.0.0/8 or *, separated by commas, each with an optional port (host:port, [address]:port)',
  parse: (text) => {
    const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
    const exceptions = entries.map(parseException);
    if (!exceptions.every((exception) => exception !== null)) return undefined;
    return (hostname, port) => exceptions.some((isException) => isException(hostname, port));
  },
};

/** Returns an IPv6 address without brackets. */
function stripBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function hasUsableCredentials({ username, password }: URL): boolean {
  try {
    for (const part of [username, password]) decodeURIComponent(part);
    return username !== '' || password === '';
  } catch {
    return false;
  }
}

function parseException(entry: string): ProxyExceptions | null {
  const isBareIPv6 = /:.*:/.test(entry) && !entry.startsWith('[');
  const [, bracketed, plain, digits] = isBareIPv6
    ? [entry, entry]
    : (/^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(entry) ?? []);
  const matches = parseNetwork(bracketed ?? plain ?? '') ?? parseDomain(plain ?? '');
  if (matches === null || digits === undefined) return matches;
  // A port that does not exist would silently match nothing.
  if (Number(digits) < 1 || Number(digits) > 65_535) return null;
  return (hostname, port) => port === Number(digits) && matches(hostname);
}

/** Parses an address or a network (RFC 4632, section 3.1). */
function parseNetwork(text: string): ((hostname: string) => boolean) | null {
  const [, address = '', digits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  const maxBits = family === 4 ? 32 : 128;
  const bits = Number(digits ?? maxBits);
  if (family === 0 || bits > maxBits) return null;
  const list = new BlockList();
  list.addSubnet(address, bits, `ipv${family as 4 | 6}`);
  return (hostname) => {
    const hostFamily = isIP(hostname);
    return hostFamily !== 0 && list.check(hostname, `ipv${hostFamily as 4 | 6}`);
  };
}

function parseDomain(text: string): ((hostname: string) => boolean) | null {
  if (text === '*') return () => true;
  // A name that ends in a number is a malformed address.
  if (!/^(\*?\.)?[\w-]+(\.[\w-]+)*\.?$/.test(text) || /(^|\.)\d+\.?$/.test(text)) return null;
  const domain = text
    .toLowerCase()
    .replace(/^\*?\./, '')
    .replace(/\.$/, '');
  const isBelowOnly = text.startsWith('*');
  return (hostname) => hostname.endsWith(`.${domain}`) || (hostname === domain && !isBelowOnly);
}
