import { X509Certificate } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkServiceKeys } from '../auth/service-keys.ts';
import { getServiceKeyNames } from '../gateway.ts';
import { readTrustedDocuments } from '../graphql/trusted-documents.ts';
import { vendorKeys, vendors } from '../vendors/index.ts';
import type { Config } from './settings.ts';

/** Returns a line for each configured file that cannot be used. */
export function findFileProblems(config: Config): readonly string[] {
  const { serviceKeysFile, trustedDocumentsFile, auditFile, extraCaFile } = config;
  return [
    ...findProblem(serviceKeysFile, (file) => checkServiceKeys(file, getServiceKeyNames())),
    ...findProblem(trustedDocumentsFile, readTrustedDocuments),
    ...findProblem(auditFile, assertWritable),
    ...findProblem(extraCaFile, assertCertificates),
  ];
}

/** Returns a warning for each vendor URL with an unusual path, which is right only behind a proxy that changes it. */
export function findPathWarnings({ vendorUrls }: Config): readonly string[] {
  return vendorKeys.flatMap((key) => {
    const configured = vendorUrls[key];
    const { urlVariable, url } = vendors[key];
    if (configured === null || !url.unusualPath.test(configured.pathname)) return [];
    return [
      `${urlVariable}: ${configured.href} has an unusual path. ${url.advice}: use a URL such as ${url.example}.`,
    ];
  });
}

function findProblem(file: string | null, use: (file: string) => void): readonly string[] {
  if (file === null) return [];
  try {
    use(file);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Checks the file without opening it, so that `--check` leaves no line in the audit log. */
function assertWritable(file: string): void {
  if (file === '-') return;
  try {
    if (existsSync(file) && statSync(file).isDirectory()) throw new Error(`${file} is a directory`);
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
  } catch (error) {
    throw new Error(
      `AUDIT_LOG: ${(error as Error).message}. Set it to a file that can be written, or to - for standard output.`,
    );
  }
}

const certificatePattern =
  /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[\s\S]*?-----END \1-----/g;

/** Checks every certificate, since Node.js skips those that it cannot use and warns at most. */
function assertCertificates(file: string): void {
  try {
    const certificates = readFileSync(file, 'utf8').match(certificatePattern);
    if (certificates === null) throw new Error(`${file} contains none`);
    for (const [index, pem] of certificates.entries()) assertCertificate(file, index + 1, pem);
  } catch (error) {
    throw new Error(
      `NODE_EXTRA_CA_CERTS: expected a PEM file of certificates; ${(error as Error).message}.`,
    );
  }
}

function assertCertificate(file: string, position: number, pem: string): void {
  try {
    new X509Certificate(pem);
  } catch {
    throw new Error(`certificate ${position} of ${file} is not readable`);
  }
}
