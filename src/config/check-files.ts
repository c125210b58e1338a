import { X509Certificate } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkServiceKeys } from '../auth/service-keys.ts';
import { serviceKeyNames } from '../gateway.ts';
import { readTrustedDocuments } from '../graphql/trusted-documents.ts';
import { type VendorKey, vendors } from '../vendors/index.ts';
import type { Config } from './index.ts';

/** What is wrong with the files that a configuration names: a line for each that cannot be used. */
export function findFileProblems(config: Config): readonly string[] {
  const { serviceKeysFile, trustedDocumentsFile, auditFile, extraCaFile } = config;
  return [
    ...problemOf(serviceKeysFile, (file) => checkServiceKeys(file, serviceKeyNames())),
    ...problemOf(trustedDocumentsFile, readTrustedDocuments),
    ...problemOf(auditFile, assertWritable),
    ...problemOf(extraCaFile, assertCertificates),
  ];
}

/** How a vendor's URL is unusual: its path lacks what its API is under, or has what the gateway adds. */
const unusualPaths: Readonly<
  Record<VendorKey, { readonly pattern: RegExp; readonly usual: string }>
> = {
  wethod: {
    pattern: /\/api\/*$/,
    usual: 'The gateway adds /api itself: use a URL such as https://api.wethod.com',
  },
  kaiten: {
    pattern: /(?<!\/api\/(?:latest|v1)\/*)$/,
    usual:
      "Kaiten's API is under /api/latest or /api/v1: use a URL such as https://acme.kaiten.ru/api/latest",
  },
  aerospike: {
    pattern: /(?<!\/v[12]\/*)$/,
    usual:
      "Aerospike Cloud's API is under /v1 or /v2: use a URL such as https://api.aerospike.cloud/v2",
  },
  rocketchat: {
    pattern: /\/api(?:\/v1)?\/*$/,
    usual: 'The gateway adds /api/v1 itself: use a URL such as https://chat.example.com',
  },
};

/** Returns a line for each vendor's URL whose path is unusual: right only behind a proxy that changes it. */
export function findPathWarnings({ vendorUrls }: Config): readonly string[] {
  return (Object.keys(unusualPaths) as VendorKey[]).flatMap((key) => {
    const url = vendorUrls[key];
    const { pattern, usual } = unusualPaths[key];
    if (url === null || !pattern.test(url.pathname)) return [];
    return [`${vendors[key].urlVariable}: ${url.href} has an unusual path. ${usual}.`];
  });
}

function problemOf(file: string | null, use: (file: string) => void): readonly string[] {
  if (file === null) return [];
  try {
    use(file);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Looks without opening it: a check leaves no line in the record of changes. */
function assertWritable(file: string): void {
  if (file === '-') return;
  try {
    if (existsSync(file) && statSync(file).isDirectory()) throw new Error(`${file} is a directory`);
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
  } catch (error) {
    throw new Error(
      `AUDIT_FILE: ${(error as Error).message}. Set it to a file that can be written, or to - for standard output.`,
    );
  }
}

const certificate = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[\s\S]*?-----END \1-----/g;

/** Node.js goes on without what it cannot use of the file, and warns at most. */
function assertCertificates(file: string): void {
  try {
    const certificates = readFileSync(file, 'utf8').match(certificate);
    if (certificates === null) throw new Error(`${file} holds no certificate`);
    for (const [index, one] of certificates.entries()) assertCertificate(file, index + 1, one);
  } catch (error) {
    throw new Error(
      `NODE_EXTRA_CA_CERTS: ${(error as Error).message}; takes a file of certificates in PEM`,
    );
  }
}

function assertCertificate(file: string, place: number, pem: string): void {
  try {
    new X509Certificate(pem);
  } catch {
    throw new Error(`${file}: its certificate ${place} cannot be read`);
  }
}
