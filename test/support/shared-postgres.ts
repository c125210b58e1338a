import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { runStatement, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** Starts the PostgreSQL server of a run, which all test files share. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres({ fsync: false });
  project.provide('postgresUrl', await server.createDatabase());
  return async () => {
    await server[Symbol.asyncDispose]();
  };
}

let databases = 0;

/** Creates an empty database on the server that all test files share. Returns its URL. */
export async function createTestDatabase(): Promise<string> {
  const url = new URL(inject('postgresUrl'));
  databases += 1;
  const name = `test_${process.pid}_${Date.now().toString(36)}_${databases}`;
  await runStatement(url.href, `create database ${name}`);
  url.pathname = `/${name}`;
  return url.href;
}
