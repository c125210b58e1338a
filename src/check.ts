import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkServiceKeys } from './callers/service-keys.ts';
import type { Config } from './config.ts';
import { serviceKeyNames } from './gateway.ts';
import { readTrustedDocuments } from './trusted-documents.ts';

/** What is wrong with the files that a configuration names: a line for each that cannot be used. */
export function fileProblems(config: Config): readonly string[] {
  const { serviceKeysFile, trustedDocumentsFile, auditFile } = config;
  return [
    ...problemOf(serviceKeysFile, (file) => checkServiceKeys(file, serviceKeyNames())),
    ...problemOf(trustedDocumentsFile, readTrustedDocuments),
    ...problemOf(auditFile, assertWritable),
  ];
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
      `AUDIT_FILE: ${(error as Error).message}; takes a file that can be written, or -`,
    );
  }
}
