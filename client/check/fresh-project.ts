import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bin, describeEnd, type Ended, run } from './run.ts';

/** The module resolution of a project. */
export type Resolution = 'nodenext' | 'bundler';

/** A project of a user of the package, apart from this repository. */
export class FreshProject {
  readonly folder: string;
  readonly #tarball: string;

  private constructor(folder: string, tarball: string) {
    this.folder = folder;
    this.#tarball = tarball;
  }

  /**
   * Makes one, with the package installed.
   *
   * @param folder where; it must not be there yet
   * @param sources a folder with its source files
   */
  static async create(folder: string, sources: string, tarball: string): Promise<FreshProject> {
    const project = new FreshProject(folder, tarball);
    await cp(sources, folder, { recursive: true });
    await project.#write('package.json', { name: 'fresh', private: true, type: 'module' });
    await project.install();
    return project;
  }

  /** Installs the package, and others beside it. */
  async install(...others: readonly string[]): Promise<void> {
    const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-save'];
    await run('npm', ['install', ...flags, this.#tarball, ...others], this.folder);
  }

  /** Type-checks some of its files, the package's declarations included. */
  async types(moduleResolution: Resolution, ...files: readonly string[]): Promise<Ended> {
    const compilerOptions = {
      target: 'es2022',
      lib: ['es2022', 'dom'],
      module: moduleResolution === 'nodenext' ? 'nodenext' : 'esnext',
      moduleResolution,
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    };
    await this.#write('tsconfig.json', { compilerOptions, files });
    return describeEnd(bin('tsc'), ['-p', '.'], this.folder);
  }

  /** Runs one of its files with Node.js, and returns the lines that it prints. */
  async run(...args: readonly string[]): Promise<readonly string[]> {
    return (await run('node', args, this.folder)).trim().split('\n');
  }

  async #write(file: string, value: object): Promise<void> {
    await writeFile(join(this.folder, file), JSON.stringify(value));
  }
}
