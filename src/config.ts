import type { Pace } from './http/pacer.ts';
import type { VendorKey } from './vendors/index.ts';

/** Everything that is set from outside: read once, at the start. Times are in ms. */
export interface Config {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Null for a vendor that is off. */
  readonly vendorUrls: Readonly<Record<VendorKey, URL | null>>;
  readonly wethodVersion: string;
  /** This process's share of each vendor's rate limit, null for no pacing. */
  readonly paces: Readonly<Record<VendorKey, Pace | null>>;
  readonly vendorTimeoutMs: number;
  readonly fieldTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly shutdownGraceMs: number;
}

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

/**
 * Reads the environment; the only code that does. An empty value counts as not set.
 *
 * @throws {ConfigError} with a line for every wrong or missing variable: its name, what it got, what it takes
 */
export function parseConfig(env: Environment): Config {
  const problems: string[] = [];
  const read = reader(env, problems);
  const vendorUrls = {
    wethod: read('WETHOD_URL', vendorUrl, null),
    kaiten: read('KAITEN_URL', vendorUrl, null),
    aerospike: read('AEROSPIKE_URL', vendorUrl, null),
    rocketchat: read('ROCKETCHAT_URL', vendorUrl, null),
  };
  const isNoneSet = ['WETHOD_URL', 'KAITEN_URL', 'AEROSPIKE_URL', 'ROCKETCHAT_URL'].every(
    (name) => !env[name],
  );
  if (isNoneSet) {
    problems.push(
      'WETHOD_URL, KAITEN_URL, AEROSPIKE_URL, ROCKETCHAT_URL: none is set; at least one must be, e.g. WETHOD_URL=https://api.wethod.com',
    );
  }
  const vendorTimeoutMs = read('VENDOR_TIMEOUT_MS', milliseconds(1, 'at least 1'), 5_000);
  const twice = 2 * vendorTimeoutMs;
  const field = milliseconds(twice, `at least 2 × VENDOR_TIMEOUT_MS (${twice})`);
  const fieldTimeoutMs = read('FIELD_TIMEOUT_MS', field, 20_000);
  const request = milliseconds(fieldTimeoutMs, `at least FIELD_TIMEOUT_MS (${fieldTimeoutMs})`);
  const grace = milliseconds(fieldTimeoutMs + 1, `more than FIELD_TIMEOUT_MS (${fieldTimeoutMs})`);
  const config: Config = {
    host: read('HOST', host, '127.0.0.1'),
    port: read('PORT', port, 4000),
    vendorUrls,
    wethodVersion: read('WETHOD_VERSION', version, '2024-06-15'),
    paces: {
      wethod: read('WETHOD_PACE', pace, { calls: 5_000, seconds: 3_600 }, '5000/3600'),
      kaiten: read('KAITEN_PACE', pace, { calls: 5, seconds: 1 }, '5/1'),
      aerospike: read('AEROSPIKE_PACE', pace, null),
      rocketchat: read('ROCKETCHAT_PACE', pace, { calls: 10, seconds: 60 }, '10/60'),
    },
    vendorTimeoutMs,
    fieldTimeoutMs,
    requestTimeoutMs: read('REQUEST_TIMEOUT_MS', request, 60_000),
    shutdownGraceMs: read('SHUTDOWN_GRACE_MS', grace, 30_000),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** How one variable is read: what it takes, in words, and its value, undefined where it does not fit. */
interface Rule<T> {
  readonly takes: string;
  parse(text: string): T | undefined;
}

function reader(env: Environment, problems: string[]) {
  return <T, D>(name: string, rule: Rule<T>, fallback: D, written = String(fallback)): T | D => {
    const text = env[name];
    const isSet = text !== undefined && text !== '';
    const value = isSet ? rule.parse(text) : fallback === null ? fallback : rule.parse(written);
    if (value !== undefined) return value;
    const got = isSet ? JSON.stringify(masked(text)) : `its default, ${written}`;
    problems.push(`${name}: got ${got}; takes ${rule.takes}`);
    return fallback;
  };
}

const host: Rule<string> = {
  takes: 'a host name or an IP address to listen on, e.g. 127.0.0.1 or 0.0.0.0',
  parse: (text) => (/^[A-Za-z0-9.:_-]+$/.test(text) ? text : undefined),
};

const port: Rule<number> = {
  takes: 'a port from 1 to 65535, or 0 for any free one',
  parse: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
};

const version: Rule<string> = {
  takes: 'a date such as 2024-06-15',
  parse: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined),
};

const pace: Rule<Pace | null> = {
  takes: 'calls/seconds such as 5/1, both whole numbers from 1 and at most a day, or off',
  parse: (text) => {
    if (text === 'off') return null;
    const [, calls, seconds] = /^([1-9]\d{0,8})\/([1-9]\d{0,4})$/.exec(text) ?? [];
    const isPace = calls !== undefined && Number(seconds) <= 86_400;
    return isPace ? { calls: Number(calls), seconds: Number(seconds) } : undefined;
  },
};

const vendorUrl: Rule<URL> = {
  takes:
    'an https:// URL without user, password, query or fragment (http:// for loopback hosts only)',
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

function milliseconds(least: number, bound: string): Rule<number> {
  return {
    takes: `a whole number of milliseconds, ${bound}`,
    parse: (text) => {
      const value = Number(text);
      return /^\d{1,10}$/.test(text) && value >= least && value <= longestTimer ? value : undefined;
    },
  };
}

/** Whether a host name or address stands for this machine alone. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function masked(text: string): string {
  return text.replace(/^.*@/s, '[masked]@').replace(/([?#]).*/s, '$1[masked]');
}
