import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readImage } from '../../scripts/production/image.ts';
import { parseConfig } from '../../src/config/index.ts';
import { variables } from '../../src/config/variables.ts';

interface Service {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly env_file?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly deploy?: { readonly replicas: number };
  readonly ports?: readonly string[];
  readonly stop_grace_period?: string;
  readonly volumes?: readonly string[];
}

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const { services, volumes } = parse(read('deploy/compose.yaml')) as {
  services: { database: Service; gateway: Service };
  volumes: Record<string, null>;
};
const { database, gateway } = services;
const password = 'of letters and digits';

/** Replaces `${NAME}` and `${NAME:?message}` as Compose does. */
const fill = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{DATABASE_PASSWORD(:\?[^}]*)?\}/g, password.replaceAll(' ', '-')),
    ]),
  );

const lines = read('deploy/gateway.env').split('\n');
const file = lines.filter((line) => line !== '' && !line.startsWith('#'));
const environment = {
  ...Object.fromEntries(file.map((line) => line.split(/=(.*)/s).slice(0, 2))),
  ...fill(gateway.environment),
} as Record<string, string>;

test('the gateway of the Compose file sets only variables of the gateway, with valid values', () => {
  expect(gateway.env_file).toBe('gateway.env');
  for (const name of Object.keys(environment)) expect(Object.keys(variables)).toContain(name);
  expect(() => parseConfig(environment)).not.toThrow();
});

test('the gateway starts once its database is healthy, and uses its user, password and name', () => {
  const {
    POSTGRES_USER: user,
    POSTGRES_DB: name,
    POSTGRES_PASSWORD: secret,
  } = fill(database.environment);
  expect(environment['DATABASE_URL']).toBe(`postgres://${user}:${secret}@database:5432/${name}`);
  expect(gateway.depends_on).toEqual({ database: { condition: 'service_healthy' } });
  expect(database.healthcheck?.test).toEqual([
    'CMD',
    'pg_isready',
    '--quiet',
    `--username=${user}`,
    `--dbname=${name}`,
  ]);
});

test('no password is in the Compose file, and none is guessed', () => {
  expect(database.environment['POSTGRES_PASSWORD']).toMatch(/^\$\{DATABASE_PASSWORD:\?.+\}$/);
});

test('each replica has a port on loopback alone, for callers and for the admin port', () => {
  const replicas = gateway.deploy?.replicas ?? 1;
  expect(replicas).toBeGreaterThanOrEqual(2);
  const config = parseConfig(environment);
  expect(readImage(read('Dockerfile')).exposed).toEqual([String(config.port)]);
  const targets = (gateway.ports ?? []).map((port) => {
    const [, first, last, target] = /^127\.0\.0\.1:(\d+)-(\d+):(\d+)$/.exec(port) ?? [];
    expect(Number(last) - Number(first) + 1).toBe(replicas);
    return Number(target);
  });
  expect(targets).toEqual([config.port, config.adminPort]);
});

test('a stop waits longer than SHUTDOWN_GRACE_MS, and the data outlives the containers', () => {
  const seconds = Number(/^(\d+)s$/.exec(gateway.stop_grace_period ?? '')?.[1]);
  expect(seconds).toBeGreaterThan(parseConfig(environment).shutdownGraceMs / 1_000 + 5);
  expect(database.volumes?.map((volume) => volume.split(':')[0])).toEqual(Object.keys(volumes));
});
