import type { Table } from './report.ts';

/** Options for a scene. */
export interface SceneOptions {
  /** True to check only that it works. */
  readonly isQuick: boolean;
  /** The number of runs of a scene that consists of runs. */
  readonly runs: number;
}

/** A scene: a measurement with a name. */
export interface Scene {
  readonly name: string;
  /** A description in one line. */
  readonly about: string;
  /** True to run it only if it is named. */
  readonly isApart?: boolean;
  /** @throws {Error} where a server answers wrongly */
  run(options: SceneOptions): Promise<readonly Table[]>;
}
