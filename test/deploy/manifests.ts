import { readdirSync, readFileSync } from 'node:fs';
import type { Deployment } from 'kubernetes-types/apps/v1.js';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2.js';
import type { Namespace, Secret, Service } from 'kubernetes-types/core/v1.js';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1.js';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.js';
import { parseAllDocuments } from 'yaml';

/** The kinds of objects in the manifests, and the modules of `kubernetes-types` that hold them. */
export const modules = {
  Deployment: 'apps/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  Namespace: 'core/v1',
  NetworkPolicy: 'networking/v1',
  PodDisruptionBudget: 'policy/v1',
  Secret: 'core/v1',
  Service: 'core/v1',
} as const satisfies Record<keyof Kinds, string>;

/** The kinds of objects in the manifests. */
export interface Kinds {
  readonly Deployment: Deployment;
  readonly HorizontalPodAutoscaler: HorizontalPodAutoscaler;
  readonly Namespace: Namespace;
  readonly NetworkPolicy: NetworkPolicy;
  readonly PodDisruptionBudget: PodDisruptionBudget;
  readonly Secret: Secret;
  readonly Service: Service;
}

/** What is common to all objects. */
export interface Manifest {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string };
}

/** The list of what is applied. */
export interface Kustomization {
  readonly namespace: string;
  readonly resources: readonly string[];
  readonly images: readonly { readonly name: string; readonly newTag: string }[];
}

const folder = new URL('../../deploy/kubernetes/', import.meta.url);

/** The files of the manifests. */
export const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

/** The objects in a file, as Kubernetes reads it: by YAML 1.1. */
export function documentsOf(file: string): readonly unknown[] {
  const text = readFileSync(new URL(file, folder), 'utf8');
  return parseAllDocuments(text, { version: '1.1', strict: true }).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS();
  });
}

/** What is applied. */
export const kustomization = documentsOf('kustomization.yaml')[0] as Kustomization;

/** All objects, the example too. */
export const manifests: readonly Manifest[] = files
  .filter((file) => file !== 'kustomization.yaml')
  .flatMap((file) =>
    documentsOf(file).map((one) => ({ file, ...(one as Omit<Manifest, 'file'>) })),
  );

/** Those of one kind. */
export function ofKind<Kind extends keyof Kinds>(kind: Kind): readonly Kinds[Kind][] {
  return manifests.filter((one) => one.kind === kind) as unknown as readonly Kinds[Kind][];
}
