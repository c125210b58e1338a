import type { Scene } from '../lib/scene.ts';
import { growth } from './growth.ts';
import { memory } from './memory.ts';
import { profile } from './profile.ts';
import { sideBySide } from './side-by-side.ts';
import { start } from './start.ts';

/** All scenes, in the order of the report. */
export const scenes: readonly Scene[] = [...sideBySide, start, memory, growth, profile];
