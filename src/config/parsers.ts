import proxyAddress from 'proxy-addr';
import type { WindowLimit } from '../upstream/resilience/fixed-window.ts';
import { maskUrl } from './mask.ts';

/** Returns whether an address is that of a trusted proxy; `hop` counts from the gateway, from 0. */
export type TrustProxy = (address: string, hop: number) => boolean;

/** The configuration is invalid: one line for each variable or file. */
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

/** Parses the text of a variable. */
export interface Parser<T> {
  /** The accepted values, in words that follow "expected". */
  readonly expects: string;
  /** Returns the value; undefined if the text is invalid. */
  parse(text: string): T | undefined;
  /** Returns the text as an error may show it. The default is `maskValue`. */
  show?(text: string): string;
}

/** A host to listen on. */
export const hostParser: Parser<string> = {
  expects: 'a host name or an IP address to listen on, e.g. 127.0.0.1 or 0.0.0.0',
  parse: (text) => (/^[A-Za-z0-9.:_-]+$/.test(text) ? text : undefined),
};

/** A port to listen on. */
export const portParser: Parser<number> = {
  expects: 'a port from 1 to 65535, or 0 for a random free one',
  parse: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
};

/** A port to listen on; null for `off`. */
export const optionalPortParser: Parser<number | null> = {
  expects: 'a port from 1 to 65535, 0 for a random free one, or off',
  parse: (text) => (text === 'off' ? null : portParser.parse(text)),
};

/** Any text. */
export const textParser: Parser<string> = { expects: 'a text', parse: (text) => text };

/** Creates a parser that accepts one of several words. */
export function createWordParser<Word extends string>(...words: readonly Word[]): Parser<Word> {
  return {
    expects: `one of ${words.join(', ')}`,
    parse: (text) => words.find((word) => word === text),
  };
}

/** Creates a parser that accepts a list of words, separated by commas. */
export function createWordListParser<Word extends string>(
  ...words: readonly Word[]
): Parser<ReadonlySet<Word>> {
  return {
    expects: `a list of ${words.join(', ')}, separated by commas`,
    parse: (text) => {
      const list = text.split(',').map((one) => words.find((word) => word === one.trim()));
      return list.every((one) => one !== undefined) ? new Set(list) : undefined;
    },
  };
}

/** A number from 0 to 1. */
export const ratioParser: Parser<number> = {
  expects: 'a number from 0 to 1',
  parse: (text) => (/^(0(\.\d+)?|1(\.0+)?)$/.test(text) ? Number(text) : undefined),
};

/** The URL of an OpenTelemetry collector. */
export const collectorUrlParser: Parser<URL> = {
  expects: 'an http:// or https:// URL',
  show: maskUrl,
  parse: (text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
  },
};

/** An API version that is a date. */
export const versionParser: Parser<string> = {
  expects: 'a date such as 2024-06-15',
  parse: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined),
};

/** A rate limit; null for `off`. */
export const rateLimitParser: Parser<WindowLimit | null> = {
  expects: 'calls/seconds such as 5/1 (whole numbers from 1, at most 86400 seconds), or off',
  parse: (text) => {
    if (text === 'off') return null;
    const [, calls, seconds] = /^([1-9]\d{0,8})\/([1-9]\d{0,4})$/.exec(text) ?? [];
    const isValid = calls !== undefined && Number(seconds) <= 86_400;
    return isValid ? { calls: Number(calls), seconds: Number(seconds) } : undefined;
  },
};

/** A URL that may carry credentials: `https://`, or `http://` on loopback. */
export const secureUrlParser: Parser<URL> = {
  expects:
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

// A longer timer of Node.js overflows and fires immediately.
const longestTimer = 2 ** 31 - 1;

/**
 * Creates a parser of times in ms, up to the longest timer of Node.js.
 *
 * @param bound `least` in words
 */
export function createMillisecondsParser(least: number, bound: string): Parser<number> {
  return {
    expects: `a whole number of milliseconds, ${bound}`,
    parse: (text) => {
      const value = Number(text);
      return /^\d{1,10}$/.test(text) && value >= least && value <= longestTimer ? value : undefined;
    },
  };
}

/** Returns whether a host name or address is this machine's loopback interface. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|\[?::1\]?)$/.test(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A count of at least 1. */
export const countParser: Parser<number> = {
  expects: 'a whole number from 1 to 1000000000',
  parse: (text) =>
    /^[1-9]\d{0,9}$/.test(text) && Number(text) <= 1_000_000_000 ? Number(text) : undefined,
};

/** A switch. */
export const switchParser: Parser<boolean> = {
  expects: 'on or off',
  parse: (text) => ({ on: true, off: false })[text],
};

/** Origins of pages, exactly as browsers send them (RFC 6454). */
export const originsParser: Parser<ReadonlySet<string>> = {
  expects:
    'origins such as https://app.example.com, separated by commas, with only scheme, host and port',
  parse: (text) => {
    const list = text.split(',').map((one) => one.trim());
    const isOrigin = (one: string) => /^https?:/.test(one) && URL.parse(one)?.origin === one;
    return list.every(isOrigin) ? new Set(list) : undefined;
  },
};

/** A consent, given only by `1`. */
export const flagParser: Parser<boolean> = {
  expects: '1, or no value',
  parse: (text) => ({ '1': true, false: false })[text],
};

/** Algorithms of asymmetric signatures (RFC 7518, RFC 8037). Shared secrets and `none` are excluded. */
export const signatureAlgorithmsParser: Parser<readonly string[]> = {
  expects:
    'a list of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, separated by commas',
  parse: (text) => {
    const list = text.split(',').map((name) => name.trim());
    const isKnown = (name: string) => /^((RS|PS|ES)(256|384|512)|EdDSA)$/.test(name);
    return list.every(isKnown) ? list : undefined;
  },
};

/** Proxies whose `X-Forwarded-For` is trusted. */
export const trustedProxiesParser: Parser<TrustProxy> = {
  expects:
    'addresses, networks such as 10.0.0.0/8, loopback, linklocal or uniquelocal, separated by commas',
  parse: (text) => {
    try {
      return proxyAddress.compile(text.split(',').map((one) => one.trim()));
    } catch {
      return undefined;
    }
  },
};
