import { BlockList, isIP } from 'node:net';
import { isLoopback, maskUrl, type Parser } from './rules.ts';

/** Whether a host is called without the proxy; an IPv6 address is given without brackets. */
export type ProxyExceptions = (hostname: string, port: number) => boolean;

/** The proxy that calls to others go through. */
export interface EgressProxy {
  readonly url: URL;
  readonly isException: ProxyExceptions;
}

/**
 * The proxy that a URL is called through; null where it is called directly. What is `http://` always is: it
 * stays on this machine, and a proxy could read it.
 */
export function selectProxy(url: URL, proxy: EgressProxy | null): URL | null {
  if (proxy === null || url.protocol !== 'https:') return null;
  const hostname = bare(url.hostname).replace(/\.$/, '');
  const isDirect = isLoopback(hostname) || proxy.isException(hostname, Number(url.port || 443));
  return isDirect ? null : proxy.url;
}

/** A proxy that opens tunnels (RFC 9110, section 9.3.6). As with curl it is `http://` where nothing is said. */
export const parseProxyUrl: Parser<URL> = {
  takes:
    'an http:// or https:// URL of a host and a port (https:// with a host name, no address), with user:password@ where the proxy asks for them',
  show: maskUrl,
  parse: (text) => {
    const url = URL.parse(text.includes('://') ? text : `http://${text}`);
    if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
    if (url.pathname !== '/' || /[?#]/.test(text)) return undefined;
    // undici sends the proxy's host as the server's name in TLS, which an address cannot be.
    if (url.protocol === 'https:' && isIP(bare(url.hostname)) !== 0) return undefined;
    return hasUsableCredentials(url) ? url : undefined;
  },
};

/**
 * What is called without the proxy, as curl and Go read it: `example.com` and `.example.com` stand for the
 * host and all below it, `*.example.com` for what is below it, `*` for everything.
 */
export const parseProxyExceptions: Parser<ProxyExceptions> = {
  takes:
    'hosts, domains such as .example.com, addresses, networks such as 10.0.0.0/8, or *, with commas between them; host:port or [address]:port where one port is meant',
  parse: (text) => {
    const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
    const exceptions = entries.map(exceptionOf);
    if (!exceptions.every((exception) => exception !== null)) return undefined;
    return (hostname, port) => exceptions.some((isException) => isException(hostname, port));
  },
};

/** An IPv6 address without brackets. */
function bare(hostname: string): string {
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

function exceptionOf(entry: string): ProxyExceptions | null {
  const isBareIPv6 = /:.*:/.test(entry) && !entry.startsWith('[');
  const [, bracketed, plain, digits] = isBareIPv6
    ? [entry, entry]
    : (/^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(entry) ?? []);
  const matches = addressesOf(bracketed ?? plain ?? '') ?? namesOf(plain ?? '');
  if (matches === null || digits === undefined) return matches;
  // A port that there is not would except nothing, without a word.
  if (Number(digits) < 1 || Number(digits) > 65_535) return null;
  return (hostname, port) => port === Number(digits) && matches(hostname);
}

/** An address, or a network (RFC 4632, section 3.1). */
function addressesOf(text: string): ((hostname: string) => boolean) | null {
  const [, address = '', digits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  const bits = Number(digits ?? most);
  if (family === 0 || bits > most) return null;
  const list = new BlockList();
  list.addSubnet(address, bits, `ipv${family as 4 | 6}`);
  return (hostname) => {
    const asked = isIP(hostname);
    return asked !== 0 && list.check(hostname, `ipv${asked as 4 | 6}`);
  };
}

function namesOf(text: string): ((hostname: string) => boolean) | null {
  if (text === '*') return () => true;
  // What ends in a number is an address that is none.
  if (!/^(\*?\.)?[\w-]+(\.[\w-]+)*\.?$/.test(text) || /(^|\.)\d+\.?$/.test(text)) return null;
  const domain = text
    .toLowerCase()
    .replace(/^\*?\./, '')
    .replace(/\.$/, '');
  const isBelowOnly = text.startsWith('*');
  return (hostname) => hostname.endsWith(`.${domain}`) || (hostname === domain && !isBelowOnly);
}
