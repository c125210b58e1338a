import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { selectProxy } from '../../src/config/egress.ts';
import { ConfigError, parseConfig } from '../../src/config/index.ts';

const enough = { KAITEN_URL: 'https://kaiten.example.com' };
const proxy = 'http://proxy.example.com:3128';

/** What a URL is called through. */
function through(url: string, env: Record<string, string>): string | null {
  const { egressProxy } = parseConfig({ ...enough, ...env });
  return selectProxy(new URL(url), egressProxy)?.href ?? null;
}

function isDirect(url: string, exceptions: string): boolean {
  return through(url, { HTTPS_PROXY: proxy, NO_PROXY: exceptions }) === null;
}

function problems(env: Record<string, string>): readonly string[] {
  try {
    parseConfig({ ...enough, ...env });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const hit = true;
const miss = false;

test.each([
  ['example.com', 'https://example.com', hit],
  ['example.com', 'https://api.example.com', hit],
  ['example.com', 'https://notexample.com', miss],
  ['example.com', 'https://example.com.evil.net', miss],
  ['Example.COM', 'https://api.EXAMPLE.com', hit],
  ['example.com.', 'https://example.com', hit],
  ['example.com', 'https://example.com.', hit],
  ['.example.com', 'https://example.com', hit],
  ['.example.com', 'https://api.example.com', hit],
  ['*.example.com', 'https://api.example.com', hit],
  ['*.example.com', 'https://example.com', miss],
  ['svc', 'https://chat.team.svc', hit],
  ['*', 'https://example.com', hit],
  ['*', 'https://[2001:db8::1]', hit],
  ['a.net, example.com', 'https://example.com', hit],
  ['a.net example.com', 'https://example.com', hit],
  [',a.net,,', 'https://example.com', miss],
  ['example.com:8443', 'https://example.com:8443', hit],
  ['example.com:8443', 'https://example.com', miss],
  ['example.com:443', 'https://example.com', hit],
  ['10.1.2.3', 'https://10.1.2.3', hit],
  ['10.1.2.3', 'https://10.1.2.4', miss],
  ['10.1.2.3:443', 'https://10.1.2.3', hit],
  ['10.1.2.3:8443', 'https://10.1.2.3', miss],
  ['10.0.0.0/8', 'https://10.1.2.3', hit],
  ['10.0.0.0/8', 'https://11.1.2.3', miss],
  ['10.0.0.0/8', 'https://10.example.com', miss],
  ['2001:db8::1', 'https://[2001:db8::1]', hit],
  ['2001:DB8:0::1', 'https://[2001:db8::1]', hit],
  ['[2001:db8::1]', 'https://[2001:db8::1]', hit],
  ['[2001:db8::1]:443', 'https://[2001:db8::1]', hit],
  ['[2001:db8::1]:8443', 'https://[2001:db8::1]', miss],
  ['2001:db8::/32', 'https://[2001:db8:1::1]', hit],
  ['2001:db8::/32', 'https://[2001:db9::1]', miss],
])('NO_PROXY=%s and %s: called directly: %s', (exceptions, url, expected) => {
  expect(isDirect(url, exceptions)).toBe(expected);
});

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const domains = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));

test('NO_PROXY matches a domain and its subdomains, and no other name with the same ending', () => {
  fc.assert(
    fc.property(domains, label, (domain, more) => {
      expect(isDirect(`https://${domain}`, domain)).toBe(true);
      expect(isDirect(`https://${more}.${domain}`, domain)).toBe(true);
      expect(isDirect(`https://${more}${domain}`, domain)).toBe(false);
    }),
  );
});

describe('the proxy', () => {
  test('is off without HTTPS_PROXY, whatever else is set', () => {
    const env = { HTTP_PROXY: proxy, ALL_PROXY: proxy, NO_PROXY: 'not!a!host' };
    expect(through('https://a.net', env)).toBe(null);
  });

  test.each(['http://127.0.0.1:1', 'http://localhost', 'https://localhost', 'https://[::1]:8443'])(
    'is not used for loopback: %s',
    (url) => {
      expect(through(url, { HTTPS_PROXY: proxy })).toBe(null);
    },
  );

  test('is read from the lower-case variables first, and errors name those', () => {
    const other = 'http://other.example.com:3128';
    const env = { HTTPS_PROXY: proxy, https_proxy: other, NO_PROXY: '*', no_proxy: 'b.net' };
    expect(through('https://a.net', env)).toBe(`${other}/`);
    expect(through('https://b.net', env)).toBe(null);
    expect(through('https://a.net', { https_proxy: other })).toBe(`${other}/`);
    expect(problems({ HTTPS_PROXY: proxy, https_proxy: 'ftp://a' })).toEqual([
      expect.stringMatching(/^https_proxy: expected .*; received "ftp:\/\/a"\.$/),
    ]);
  });

  test('is http:// without a scheme, as in curl', () => {
    expect(through('https://a.net', { HTTPS_PROXY: 'proxy.example.com:3128' })).toBe(`${proxy}/`);
  });

  test.each([
    ['socks5://proxy.example.com:1080'],
    ['http://proxy.example.com/path'],
    ['http://proxy.example.com?x'],
    ['http://'],
    ['https://10.0.0.1:3128'],
    ['https://[2001:db8::1]:3128'],
    ['http://:s3cret@proxy.example.com'],
    ['http://bob:s3cr%zzet@proxy.example.com'],
    ['http://s3cr%E4:%BD%A0et@proxy.example.com'],
    ['http://bob:s3cret@proxy.example.com:99999'],
  ])('%s is refused in one line, without its password', (url) => {
    const lines = problems({ HTTPS_PROXY: url });
    expect(lines).toEqual([expect.stringMatching(/^HTTPS_PROXY: expected .*; received ".*"\.$/)]);
    expect(lines.join()).not.toMatch(/s3cr/);
  });

  test.each([
    '10.0.0.0/33',
    '10.0.0.999',
    '10.0/8',
    '2001:db8::/129',
    '2001:db8::x',
    'a b:c',
    'exa mple.com,*a.com',
    'https://a.net',
    '/var/run/docker.sock',
    '[2001:db8::1',
    'a..b',
    'a.net:port',
    'a.net:0',
    'a.net:65536',
  ])('NO_PROXY=%s is refused in one line', (text) => {
    expect(problems({ HTTPS_PROXY: proxy, NO_PROXY: text })).toEqual([
      expect.stringMatching(/^NO_PROXY: expected hosts, .*; received ".*"\.$/),
    ]);
  });
});
