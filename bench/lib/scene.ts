import type { Table } from './report.ts';

/** How a scene is to be run. */
export interface SceneOptions {
  /** Whether it is only to be seen that it works. */
  readonly isQuick: boolean;
  /** How often a scene that is made of runs is run. */
  readonly runs: number;
}

/** Something that is measured, by its name alone or with all others. */
export interface Scene {
  readonly name: string;
  /** What it shows, in a line. */
  readonly about: string;
  /** Whether it is run only where it is named. */
  readonly isApart?: boolean;
  /** @throws {Error} where a server answers wrongly */
  run(options: SceneOptions): Promise<readonly Table[]>;
}
