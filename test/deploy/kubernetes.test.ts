import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Container, Probe } from 'kubernetes-types/core/v1.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readImage } from '../../scripts/production/image.ts';
import { listenAdmin } from '../../src/admin/server.ts';
import { checkServiceKeys } from '../../src/auth/service-keys.ts';
import { parseConfig } from '../../src/config/index.ts';
import { variables } from '../../src/config/variables.ts';
import { getServiceKeyNames } from '../../src/gateway.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { testGateway } from '../support/gateway.ts';
import { documentsOf, files, kustomization, manifests, ofKind } from './manifests.ts';
import { type Applied, typeErrors } from './type-check.ts';

const read = (file: string) => readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
const image = readImage(await read('Dockerfile'));

const [deployment] = ofKind('Deployment');
const pod = deployment?.spec?.template.spec;
const container = pod?.containers[0] as Container;
const given = (container.env ?? []).map(({ name, value }) => [name, value] as const);
const secret = ofKind('Secret')[0]?.stringData ?? {};
/** The example's URL with a value in place of each placeholder. */
const databaseUrl = (secret['database-url'] ?? '').replaceAll(/<(\w+)>/g, '$1');
const { DATABASE_URL_FILE: databaseFile, ...others } = Object.fromEntries(given);
const config = parseConfig({ ...others, DATABASE_URL: databaseUrl });
const labels = deployment?.spec?.template.metadata?.labels ?? {};
const ports = container.ports ?? [];
const probes = (['startupProbe', 'livenessProbe', 'readinessProbe'] as const).map(
  (name): readonly [string, Probe | undefined] => [name, container[name]],
);

/** What the ends of connections and the last lines of the log may take, in seconds. */
const endSeconds = 5;

const applied = manifests.map(({ file: _, ...object }) => object as unknown as Applied);

test('every object has the type that Kubernetes declares, and no unknown field', async () => {
  const wrong = (kind: string, spec: object) => {
    const object = applied.find((one) => one.kind === kind);
    return { ...object, kind, spec: { ...(object?.['spec'] as object), ...spec } };
  };
  const misspelt = wrong('PodDisruptionBudget', { maxUnavailible: 1 });
  const mistyped = wrong('Deployment', { replicas: '1' });
  const errors = await typeErrors({ all: applied, misspelt: [misspelt], mistyped: [mistyped] });
  expect(errors['all']).toEqual([]);
  expect(errors['misspelt']?.join()).toMatch(/maxUnavailible\W+does not exist/);
  expect(errors['mistyped']?.join()).toContain("'string' is not assignable to type 'number'");
});

test('all files except the example are applied, in one namespace', () => {
  const others = ['kustomization.yaml', 'secret.example.yaml'];
  expect(kustomization.resources.toSorted()).toEqual(
    files.filter((file) => !others.includes(file)).toSorted(),
  );
  expect(ofKind('Namespace')[0]?.metadata?.name).toBe(kustomization.namespace);
  for (const { metadata } of ofKind('Secret')) {
    expect(metadata?.namespace).toBe(kustomization.namespace);
  }
});

test('the image has the version in package.json', async () => {
  const { version } = JSON.parse(await read('package.json')) as { version: string };
  expect(kustomization.images).toEqual([
    expect.objectContaining({ name: container.image, newTag: version }),
  ]);
});

test('runs at least two pods, on different nodes if possible, and more while they are busy', () => {
  const [autoscaler] = ofKind('HorizontalPodAutoscaler');
  const { scaleTargetRef, minReplicas, maxReplicas, metrics } = autoscaler?.spec ?? {};
  expect(scaleTargetRef).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: deployment?.metadata?.name,
  });
  expect(minReplicas).toBeGreaterThanOrEqual(2);
  expect(maxReplicas).toBeGreaterThan(minReplicas ?? 0);
  expect(metrics?.map(({ resource }) => resource?.name)).toEqual(['cpu']);
  // A number would undo the autoscaler's work each time the manifest is applied.
  expect(deployment?.spec?.replicas).toBe(undefined);
  expect(pod?.topologySpreadConstraints).toEqual([
    expect.objectContaining({
      topologyKey: 'kubernetes.io/hostname',
      labelSelector: deployment?.spec?.selector,
    }),
  ]);
  expect(pod?.containers).toHaveLength(1);
});

test('an upgrade and a drain stop a pod only while others serve', () => {
  expect(deployment?.spec?.strategy).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
  });
  expect(ofKind('PodDisruptionBudget')[0]?.spec?.maxUnavailable).toBe(1);
});

test('all pods share one database, which they can reach', () => {
  expect(Object.keys(secret)).toContain(databaseFile?.split('/').at(-1));
  const { port } = new URL(databaseUrl);
  const toDatabase = ofKind('NetworkPolicy')[0]?.spec?.egress?.filter((rule) =>
    rule.ports?.some((one) => String(one.port) === port),
  );
  expect(toDatabase).toEqual([
    {
      to: [{ namespaceSelector: { matchLabels: { 'membership-gateway/database': 'true' } } }],
      ports: [{ port: Number(port), protocol: 'TCP' }],
    },
  ]);
  expect(config.isAuditInDatabase).toBe(true);
});

test('sets only variables of the gateway, with valid values', () => {
  for (const [name] of given) expect(Object.keys(variables)).toContain(name);
  expect(new Set(given.map(([name]) => name)).size).toBe(given.length);
});

test('listens on all addresses, on the declared ports', () => {
  expect(config).toMatchObject({ host: '0.0.0.0', adminHost: '0.0.0.0' });
  expect(ports).toEqual([
    { name: 'http', containerPort: config.port },
    { name: 'admin', containerPort: config.adminPort },
  ]);
  expect(image.exposed).toEqual([String(config.port)]);
});

describe.each(probes)('%s', (name, probe) => {
  test('calls a path that answers 200, on a port whose connections no client can exhaust', async () => {
    await using gateway = testGateway({ KAITEN_URL: 'http://127.0.0.1:9' });
    const { path = '', port } = probe?.httpGet ?? {};
    expect(port).toBe('admin');
    const { probes, lifecycle } = gateway.gateway;
    const place = { adminHost: '127.0.0.1', adminPort: 0 };
    const admin = await listenAdmin(probes, place, createLog({ write: () => {} }));
    const status = async () => (await fetch(`${admin?.origin}${path}`)).status;
    expect(await status()).toBe(200);
    void lifecycle.stop();
    expect(await status()).toBe(name === 'readinessProbe' ? 503 : 200);
    admin?.server.closeAllConnections();
    admin?.server.close();
  });
});

test('the pod’s grace period is longer than preStop, SHUTDOWN_GRACE_MS and the exit together', () => {
  const preStop = container.lifecycle?.preStop?.sleep?.seconds ?? 0;
  expect(preStop).toBeGreaterThan(0);
  expect(pod?.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(
    preStop + config.shutdownGraceMs / 1_000 + endSeconds,
  );
});

test('the pod’s grace period follows the default of SHUTDOWN_GRACE_MS', () => {
  expect(config.shutdownGraceMs).toBe(Number(variables['SHUTDOWN_GRACE_MS']?.fallback));
});

test('nothing runs as root, on a writable root, or with more privileges than it needs', () => {
  const [user, group] = image.user.split(':').map(Number);
  expect(pod?.securityContext).toMatchObject({
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: group,
    fsGroup: group,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  expect(container.resources).toMatchObject({
    requests: {},
    limits: { memory: expect.any(String) },
  });
});

test('selectors match the labels of the pods', () => {
  const selectors = [
    deployment?.spec?.selector.matchLabels,
    ...ofKind('Service').map(({ spec }) => spec?.selector),
    ...ofKind('NetworkPolicy').map(({ spec }) => spec?.podSelector?.matchLabels),
    ...ofKind('PodDisruptionBudget').map(({ spec }) => spec?.selector?.matchLabels),
  ];
  expect(selectors).toHaveLength(5);
  for (const selector of selectors) expect(selector).toEqual(labels);
});

test('services and policies name ports of the container', () => {
  const names = ports.map(({ name }) => name);
  const served = ofKind('Service').flatMap(({ spec }) =>
    spec?.ports?.map((port) => port.targetPort),
  );
  expect(served.toSorted()).toEqual(names.toSorted());
  const open = ofKind('NetworkPolicy').flatMap(({ spec }) =>
    (spec?.ingress ?? []).flatMap((rule) => rule.ports?.map(({ port }) => port)),
  );
  expect(open.toSorted()).toEqual(names.toSorted());
});

test('Prometheus scrapes the service of the admin port, under the job that the alerts name', async () => {
  const { scrape_configs: jobs, rule_files: rules } = parse(
    await read('deploy/prometheus.yml'),
  ) as {
    rule_files: string[];
    scrape_configs: {
      job_name: string;
      kubernetes_sd_configs: { namespaces: { names: string[] } }[];
      relabel_configs: { regex: string }[];
    }[];
  };
  expect(rules).toEqual(['alerts.yml']);
  const [job] = jobs;
  const alerts = await read('deploy/alerts.yml');
  expect(new Set(Array.from(alerts.matchAll(/job="([^"]+)"/g), ([, name]) => name))).toEqual(
    new Set([job?.job_name]),
  );
  const admin = ofKind('Service').find(({ spec }) => spec?.ports?.[0]?.targetPort === 'admin');
  const place = `${admin?.metadata?.name};${admin?.spec?.ports?.[0]?.name}`;
  expect(job?.relabel_configs.map(({ regex }) => regex)).toEqual([place]);
  expect(job?.kubernetes_sd_configs.map(({ namespaces }) => namespaces.names)).toEqual([
    [kustomization.namespace],
  ]);
});

test('only the monitoring namespace can reach the admin port', () => {
  const [policy] = ofKind('NetworkPolicy');
  expect(policy?.spec?.policyTypes).toEqual(['Ingress', 'Egress']);
  const rules = policy?.spec?.ingress ?? [];
  const toAdmin = rules.filter((rule) => rule.ports?.some(({ port }) => port === 'admin'));
  expect(toAdmin).toEqual([
    {
      from: [
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
      ],
      ports: [{ port: 'admin' }],
    },
  ]);
  for (const rule of rules) expect(rule.ports).toHaveLength(1);
});

test('configured files are in the secret, and nothing is writable', () => {
  const mounts = container.volumeMounts ?? [];
  expect(mounts).toHaveLength(1);
  const [mount] = mounts;
  expect(mount).toMatchObject({ name: 'secrets', readOnly: true });
  expect(mount?.subPath).toBe(undefined);
  const configured = given.filter(([name]) => name.endsWith('_FILE'));
  expect(configured.length).toBeGreaterThan(1);
  for (const [, path] of configured) expect(path?.startsWith(`${mount?.mountPath}/`)).toBe(true);
  expect(pod?.volumes).toEqual([
    {
      name: 'secrets',
      secret: { secretName: ofKind('Secret')[0]?.metadata?.name, defaultMode: 0o440 },
    },
  ]);
});

test('the example secret is a valid service keys file, and contains no secret', async () => {
  const [secret] = ofKind('Secret');
  const data = secret?.stringData ?? {};
  const keysFile = config.serviceKeysFile ?? '';
  const folder = keysFile.slice(0, keysFile.lastIndexOf('/') + 1);
  const text = data[keysFile.slice(folder.length)] ?? '';
  const { services } = JSON.parse(text) as {
    services: readonly { keys: readonly string[]; credentials: Record<string, string> }[];
  };
  const named = services.flatMap(({ credentials }) => Object.values(credentials));
  expect(named.length).toBeGreaterThan(0);
  for (const file of named) {
    expect(file.startsWith(folder)).toBe(true);
    expect(data[file.slice(folder.length)]).toBe('Bearer <token>');
  }
  expect(services.flatMap(({ keys }) => keys)).toEqual(['<SHA-256 in hex>']);
  const place = await mkdtemp(join(tmpdir(), 'service-keys-'));
  const hash = createHash('sha256').update('key').digest('hex');
  const file = join(place, 'services.json');
  await writeFile(file, text.replace('<SHA-256 in hex>', hash));
  expect(() => checkServiceKeys(file, getServiceKeyNames())).not.toThrow();
  await rm(place, { recursive: true });
});

test('each file is valid YAML for Kubernetes', () => {
  for (const file of files) {
    for (const object of documentsOf(file)) {
      expect(object).toMatchObject({ apiVersion: expect.any(String), kind: expect.any(String) });
    }
  }
});
