import { isIPv4, isIPv6 } from 'node:net';

/**
 * Returns an IP address in its normal form, so that two spellings of one address are equal: without a port, brackets
 * or a zone, IPv4 in IPv6 (RFC 4291, section 2.5.5.2) as IPv4, IPv6 as eight groups without leading zeros. Some
 * proxies write a port into `X-Forwarded-For`, such as Azure Application Gateway and IIS.
 *
 * @returns null if the text is not an IP address
 */
export function normalizeAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  const [, bracketed, dotted] = /^(?:\[([^\]]+)\]|([\d.]+))(?::\d{1,5})?$/.exec(text) ?? [];
  if (dotted !== undefined) return isIPv4(dotted) ? dotted : null;
  const address = bracketed ?? text;
  return isIPv6(address) ? normalizeIPv6(address.split('%', 1)[0] ?? '') : null;
}

/** Returns the network that counts as one client: of IPv6 the first 64 bits, all of which one client has (RFC 6177). */
export function toNetwork(normalized: string): string {
  return normalized.includes(':') ? normalized.split(':', 4).join(':') : normalized;
}

function normalizeIPv6(address: string): string {
  const [before = '', after = ''] = address.split('::');
  const [first, last] = [toGroups(before), toGroups(after)];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => 0);
  const groups = [...first, ...zeros, ...last];
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  if (isMapped) return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  return groups.map((group) => group.toString(16)).join(':');
}

/** Returns the 16-bit groups of a part of an IPv6 address, whose end may be written as IPv4. */
function toGroups(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
