import { describe, expect, test } from 'vitest';
import { ConfigError, findRenamedVariables, parseConfig } from '../../src/config/index.ts';
import { variables } from '../../src/config/variables.ts';

const enough = { WETHOD_URL: 'https://api.wethod.com' };

function problems(env: Record<string, string>): readonly string[] {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('requires only one vendor’s URL: everything else has its documented default', () => {
  expect(parseConfig(enough)).toMatchObject({
    host: '127.0.0.1',
    port: 4000,
    apiVersions: { wethod: '2024-06-15' },
    vendorTimeoutMs: 5_000,
    fieldTimeoutMs: 20_000,
    requestTimeoutMs: 60_000,
    shutdownGraceMs: 30_000,
    rateLimits: {
      wethod: { calls: 5_000, seconds: 3_600, isExplicit: false },
      kaiten: { calls: 5, seconds: 1, isExplicit: false },
      aerospike: null,
      rocketchat: { calls: 10, seconds: 60, isExplicit: false },
    },
    vendorConcurrency: 256,
    vendorQueue: 4_096,
    vendorUrls: { kaiten: null, aerospike: null, rocketchat: null },
  });
});

test('rejects a configuration without any vendor, and names all four variables', () => {
  const [line = ''] = problems({});
  for (const name of ['WETHOD_URL', 'KAITEN_URL', 'AEROSPIKE_URL', 'ROCKETCHAT_URL']) {
    expect(line).toContain(name);
  }
});

test('an empty value counts as not set', () => {
  expect(parseConfig({ ...enough, PORT: '', KAITEN_URL: '' })).toMatchObject({
    port: 4000,
    vendorUrls: { kaiten: null },
  });
});

describe('rejects an invalid value in one line that names the variable, the expected and the received value', () => {
  test.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', 'http'],
    ['HOST', 'a b'],
    ['WETHOD_VERSION', 'latest'],
    ['TRUST_PROXY', 'everybody'],
    ['TRUST_PROXY', '10.0.0.0/99'],
    ['MAX_DEPTH', '0'],
    ['MAX_BODY_BYTES', '100kB'],
    ['GRAPHIQL', 'yes'],
    ['INTROSPECTION', '1'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'https://a.example.com/'],
    ['CORS_ORIGINS', 'https://a.example.com,'],
    ['CORS_ORIGINS', 'a.example.com'],
    ['KAITEN_RATE_LIMIT', '5'],
    ['KAITEN_RATE_LIMIT', '0/1'],
    ['KAITEN_RATE_LIMIT', '5/0'],
    ['KAITEN_RATE_LIMIT', '5/86401'],
    ['KAITEN_RATE_LIMIT', 'on'],
    ['VENDOR_TIMEOUT_MS', '0'],
    ['VENDOR_TIMEOUT_MS', '5s'],
    ['VENDOR_TIMEOUT_MS', '1e3'],
    ['VENDOR_TIMEOUT_MS', '2147483648'],
    ['FIELD_TIMEOUT_MS', '9999'],
    ['REQUEST_TIMEOUT_MS', '19999'],
    ['SHUTDOWN_GRACE_MS', '20000'],
    ['KAITEN_URL', 'kaiten.ru'],
    ['KAITEN_URL', 'http://acme.kaiten.ru/api/latest'],
    ['KAITEN_URL', 'ftp://acme.kaiten.ru'],
    ['KAITEN_URL', 'https://acme.kaiten.ru/?a=1'],
    ['KAITEN_URL', 'https://acme.kaiten.ru/#a'],
  ])('%s=%s', (name, value) => {
    const [line = '', ...more] = problems({ ...enough, [name]: value });
    expect(more).toEqual([]);
    expect(line.startsWith(`${name}: expected `)).toBe(true);
    expect(line).toContain('; received ');
    expect(line).not.toContain('\n');
    if (!/[?#]/.test(value)) expect(line).toContain(value);
  });
});

test('reports all invalid values together', () => {
  expect(problems({ PORT: 'x', HOST: '?', KAITEN_URL: 'y' })).toHaveLength(3);
});

test.each([
  'https://user:s3cret@acme.kaiten.ru',
  'https://s3cret@acme.kaiten.ru',
  'https://user:p@s3cret@acme.kaiten.ru',
  'https://acme.kaiten.ru/?token=s3cret',
  'bob:s3cret@acme.kaiten.ru',
  'https:bob:s3cret@acme.kaiten.ru',
  'https:/bob:s3cret@acme.kaiten.ru',
  'https:\\\\bob:s3cret@acme.kaiten.ru',
  'https://bob:s3\ncret@acme.kaiten.ru',
  'Bearer s3cret',
  's3cret',
  'bob:s3cret',
  'https://bob:s3cret',
  'https://bob:s3cret acme.kaiten.ru',
  'https://acme.kaiten.ru s3cret',
  'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.s3cret',
  'https//bob:s3cret/acme.kaiten.ru',
])('masks a secret in a URL: %s', (url) => {
  const [line = ''] = problems({ KAITEN_URL: url });
  expect(line).toContain('KAITEN_URL');
  expect(line).not.toContain('s3cret');
  expect(line).not.toContain('s3\\ncret');
});

test.each(['HTTPS_PROXY', 'https_proxy', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'JWKS_URL', 'WETHOD_URL'])(
  'shows nothing of a value of %s that is not a URL',
  (name) => {
    const lines = problems({ ...enough, [name]: 'http://u:s3cret p:1' }).join('\n');
    expect(lines).toContain(`; received "[masked]".`);
    expect(lines).not.toContain('s3cret');
  },
);

test.each(['http://127.0.0.1:1', 'http://localhost/x', 'http://[::1]:8080'])(
  'accepts http for %s, which is loopback',
  (url) => {
    expect(parseConfig({ KAITEN_URL: url }).vendorUrls.kaiten).toBeInstanceOf(URL);
  },
);

test('requires a longer FIELD_TIMEOUT_MS for a longer VENDOR_TIMEOUT_MS', () => {
  expect(problems({ ...enough, VENDOR_TIMEOUT_MS: '15000' })).toEqual([
    'FIELD_TIMEOUT_MS: expected a whole number of milliseconds, at least 2 × VENDOR_TIMEOUT_MS (30000); received none, and the default is 20000.',
  ]);
});

describe('the former name of a variable', () => {
  const renamed = Object.entries(variables).flatMap(([name, { alias }]) =>
    alias === undefined ? [] : [[alias, name] as const],
  );

  test('is known for the rate limits and the audit log', () => {
    expect(renamed).toEqual([
      ['WETHOD_PACE', 'WETHOD_RATE_LIMIT'],
      ['KAITEN_PACE', 'KAITEN_RATE_LIMIT'],
      ['AEROSPIKE_PACE', 'AEROSPIKE_RATE_LIMIT'],
      ['ROCKETCHAT_PACE', 'ROCKETCHAT_RATE_LIMIT'],
      ['AUDIT_FILE', 'AUDIT_LOG'],
    ]);
  });

  test.each(renamed)('%s means the same as %s', (alias, name) => {
    expect(JSON.stringify(parseConfig({ ...enough, [alias]: '7/8' }))).toBe(
      JSON.stringify(parseConfig({ ...enough, [name]: '7/8' })),
    );
  });

  test.each(renamed)('%s with another value than %s is an error', (alias, name) => {
    const both = { ...enough, [name]: '7/8', [alias]: '9/8' };
    expect(problems(both)).toEqual([
      `${name}: expected the same value as ${alias}, its former name; received "7/8" and "9/8". Unset ${alias}.`,
    ]);
    expect(problems({ ...both, [alias]: '7/8' })).toEqual([]);
  });

  test('is named by the error of an invalid value', () => {
    const alias = 'KAITEN_PACE';
    expect(problems({ ...enough, [alias]: 'x' })).toEqual([
      expect.stringMatching(`^${alias}: expected calls/seconds .*; received "x"\\.$`),
    ]);
  });

  test.each(renamed)('%s is reported as renamed to %s', (alias, name) => {
    expect(findRenamedVariables({ [alias]: '7/8' })).toEqual([
      `${alias}: is now called ${name}. The old name works until the next major version.`,
    ]);
    expect(findRenamedVariables({ [name]: '7/8' })).toEqual([]);
  });

  test('a configured rate limit is explicit under either name', () => {
    for (const name of ['KAITEN_PACE', 'KAITEN_RATE_LIMIT']) {
      expect(parseConfig({ ...enough, [name]: '5/1' }).rateLimits.kaiten?.isExplicit).toBe(true);
    }
  });
});

describe('the audit log', () => {
  const read = (env: Record<string, string>) => {
    const { auditFile, isAuditInDatabase, auditDays, databaseVariable } = parseConfig({
      ...enough,
      ...env,
    });
    return { auditFile, isAuditInDatabase, auditDays, databaseVariable };
  };

  test('is off by default, and in a file or in the database if it is set', () => {
    const off = { auditFile: null, isAuditInDatabase: false, auditDays: null };
    expect(read({})).toEqual({ ...off, databaseVariable: null });
    expect(read({ AUDIT_LOG: '-' })).toMatchObject({ ...off, auditFile: '-' });
    expect(read({ AUDIT_LOG: './database' })).toMatchObject({ ...off, auditFile: './database' });
    expect(read({ AUDIT_LOG: 'database', AUDIT_DAYS: '365' })).toMatchObject({
      auditFile: null,
      isAuditInDatabase: true,
      auditDays: 365,
    });
  });

  test('under its former name is always a path', () => {
    expect(read({ AUDIT_FILE: 'database' })).toMatchObject({
      auditFile: 'database',
      isAuditInDatabase: false,
    });
  });

  test('in the default database requires that database to work', () => {
    expect(read({ AUDIT_LOG: 'database' }).databaseVariable).toBe('DATABASE_URL');
  });

  test.each([
    [
      { AUDIT_LOG: 'database', DATABASE_URL: 'off' },
      'AUDIT_LOG: expected a path or -, because DATABASE_URL is off; received "database". Set DATABASE_URL to a database.',
    ],
    [
      { AUDIT_LOG: 'database', AUDIT_DAYS: '29' },
      'AUDIT_DAYS: expected a whole number of days from 30 to 36500; received "29".',
    ],
    [
      { AUDIT_LOG: '-', AUDIT_DAYS: '30' },
      'AUDIT_DAYS: expected AUDIT_LOG=database with it, because no lines are deleted from a file; received "30". Unset AUDIT_DAYS.',
    ],
  ])('is rejected in one line: %j', (env, line) => {
    expect(problems({ ...enough, ...(env as Record<string, string>) })).toEqual([line]);
  });
});
