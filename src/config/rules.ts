import proxyAddress from 'proxy-addr';
import type { WindowLimit } from '../upstream/resilience/fixed-window.ts';

/** Whether an address is that of a proxy which is trusted. */
export type TrustProxy = (address: string, hop: number) => boolean;

/** What is wrong with the environment: one line for each variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** The environment, or a part of it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How one variable is read: what it takes, in words, and its value, undefined where it does not fit. */
export interface Parser<T> {
  readonly takes: string;
  parse(text: string): T | undefined;
  /** Returns a value as an error may show it; `masked` is used if it is absent. */
  show?(text: string): string;
}

/** A host to listen on. */
export const parseHost: Parser<string> = {
  takes: 'a host name or an IP address to listen on, e.g. 127.0.0.1 or 0.0.0.0',
  parse: (text) => (/^[A-Za-z0-9.:_-]+$/.test(text) ? text : undefined),
};

/** A port to listen on. */
export const parsePort: Parser<number> = {
  takes: 'a port from 1 to 65535, or 0 for any free one',
  parse: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
};

/** A port to listen on, null for none. */
export const parsePortOrOff: Parser<number | null> = {
  takes: 'a port from 1 to 65535, 0 for any free one, or off',
  parse: (text) => (text === 'off' ? null : parsePort.parse(text)),
};

/** Any text. */
export const parseText: Parser<string> = { takes: 'a text', parse: (text) => text };

/** One of a few words. */
export function parseOneOf<Word extends string>(...words: readonly Word[]): Parser<Word> {
  return {
    takes: `one of ${words.join(', ')}`,
    parse: (text) => words.find((word) => word === text),
  };
}

/** Some of a few words. */
export function parseSeveral<Word extends string>(
  ...words: readonly Word[]
): Parser<ReadonlySet<Word>> {
  return {
    takes: `some of ${words.join(', ')}, with commas between them`,
    parse: (text) => {
      const list = text.split(',').map((one) => words.find((word) => word === one.trim()));
      return list.every((one) => one !== undefined) ? new Set(list) : undefined;
    },
  };
}

/** A part of a whole. */
export const parseRatio: Parser<number> = {
  takes: 'a number from 0 to 1',
  parse: (text) => (/^(0(\.\d+)?|1(\.0+)?)$/.test(text) ? Number(text) : undefined),
};

/** A collector of traces. */
export const parseCollectorUrl: Parser<URL> = {
  takes: 'an http:// or https:// URL',
  show: maskUrl,
  parse: (text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
  },
};

/** A version of Wethod's API. */
export const parseVersion: Parser<string> = {
  takes: 'a date such as 2024-06-15',
  parse: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined),
};

/** A share of a rate limit, null for none. */
export const parseRateLimit: Parser<WindowLimit | null> = {
  takes: 'calls/seconds such as 5/1, both whole numbers from 1 and at most a day, or off',
  parse: (text) => {
    if (text === 'off') return null;
    const [, calls, seconds] = /^([1-9]\d{0,8})\/([1-9]\d{0,4})$/.exec(text) ?? [];
    const isPace = calls !== undefined && Number(seconds) <= 86_400;
    return isPace ? { calls: Number(calls), seconds: Number(seconds) } : undefined;
  },
};

/** A vendor's URL. */
export const parseVendorUrl: Parser<URL> = {
  takes:
    'an https:// URL without user, password, query or fragment (http:// for loopback hosts only)',
  show: maskUrl,
  parse: (text) => {
    const url = URL.parse(text);
    if (url === null || url.username !== '' || url.password !== '') return undefined;
    if (/[?#]/.test(text)) return undefined;
    const isSafe =
      url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
    return isSafe ? url : undefined;
  },
};

// Timers of Node wrap around above this and would fire at once.
const longestTimer = 2 ** 31 - 1;

/** A time in ms that a timer of Node can take. */
export function parseMilliseconds(least: number, bound: string): Parser<number> {
  return {
    takes: `a whole number of milliseconds, ${bound}`,
    parse: (text) => {
      const value = Number(text);
      return /^\d{1,10}$/.test(text) && value >= least && value <= longestTimer ? value : undefined;
    },
  };
}

/** Whether a host name or address stands for this machine alone. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|\[?::1\]?)$/.test(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A value as an error may show it: without a password, a query or a fragment. */
export function maskValue(text: string): string {
  return text.replace(/^.*@/s, '[masked]@').replace(/([?#]).*/s, '$1[masked]');
}

const hostAndPath = String.raw`(:\d{1,5})?(/[\w.~%/-]*)?([?#]\[masked\])?$`;
const withScheme = new RegExp(
  String.raw`^(\[masked\]@|[a-z][a-z\d+.-]*:\/\/(\[masked\]@)?)([a-z\d.-]+|\[[\da-f:.]+\])${hostAndPath}`,
  'i',
);
/** A word without a dot may be a token, and so may one whose end is no top-level domain. */
const withoutScheme = new RegExp(String.raw`^([a-z\d-]{1,63}\.)+[a-z]{2,24}${hostAndPath}`, 'i');

/** Returns a URL as an error may show it; whatever else it is may be a credential, and is masked as a whole. */
export function maskUrl(text: string): string {
  const shown = maskValue(text);
  return withScheme.test(shown) || withoutScheme.test(shown) ? shown : '[masked]';
}

/** A count, from 1 on. */
export const parseCount: Parser<number> = {
  takes: 'a whole number from 1 to 1000000000',
  parse: (text) =>
    /^[1-9]\d{0,9}$/.test(text) && Number(text) <= 1_000_000_000 ? Number(text) : undefined,
};

/** Whether something is on. */
export const parseSwitch: Parser<boolean> = {
  takes: 'on or off',
  parse: (text) => ({ on: true, off: false })[text],
};

/** Origins of pages, exactly as browsers send them. */
export const parseOrigins: Parser<ReadonlySet<string>> = {
  takes:
    'origins such as https://app.example.com, with commas between them; scheme, host and port only',
  parse: (text) => {
    const list = text.split(',').map((one) => one.trim());
    const isOrigin = (one: string) => /^https?:/.test(one) && URL.parse(one)?.origin === one;
    return list.every(isOrigin) ? new Set(list) : undefined;
  },
};

/** A consent that is given by 1 alone. */
export const parseFlag: Parser<boolean> = {
  takes: '1, or nothing',
  parse: (text) => ({ '1': true, false: false })[text],
};

/** Algorithms of asymmetric signatures (RFC 7518, RFC 8037); never a shared secret's, nor none. */
export const parseSignatureAlgorithms: Parser<readonly string[]> = {
  takes: 'some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA',
  parse: (text) => {
    const list = text.split(',').map((name) => name.trim());
    const isKnown = (name: string) => /^((RS|PS|ES)(256|384|512)|EdDSA)$/.test(name);
    return list.every(isKnown) ? list : undefined;
  },
};

/** Proxies whose word on their own caller's address is taken. */
export const parseTrustedProxies: Parser<TrustProxy> = {
  takes:
    'addresses or networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, with commas between them',
  parse: (text) => {
    try {
      return proxyAddress.compile(text.split(',').map((one) => one.trim()));
    } catch {
      return undefined;
    }
  },
};
