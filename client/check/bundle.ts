import { rolldown } from 'rolldown';

/** A bundle for browsers: its minified text, and the modules that it would load besides. */
export interface Bundle {
  readonly code: string;
  readonly imports: readonly string[];
}

/** @param entry a file of a project in which the package is installed */
export async function bundleProgram(entry: string): Promise<Bundle> {
  await using built = await rolldown({ input: entry, platform: 'browser', logLevel: 'silent' });
  const { output } = await built.generate({ format: 'esm', minify: true });
  const [chunk] = output;
  return { code: chunk.code, imports: chunk.imports };
}
