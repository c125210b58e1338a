import type { Scene } from '../lib/scene.ts';
import { concurrency } from './concurrency.ts';
import { documents } from './documents.ts';
import { durable } from './durable.ts';
import { fairness } from './fairness.ts';
import { growth } from './growth.ts';
import { hanging } from './hanging.ts';
import { memory } from './memory.ts';
import { mercurius } from './mercurius.ts';
import { profile } from './profile.ts';
import { sideBySide } from './side-by-side.ts';
import { slow } from './slow.ts';
import { start } from './start.ts';
import { telemetry } from './telemetry.ts';

/** All scenes, in the order of the report. */
export const scenes: readonly Scene[] = [
  ...sideBySide,
  slow,
  hanging,
  fairness,
  documents,
  start,
  memory,
  growth,
  concurrency,
  telemetry,
  durable,
  profile,
  mercurius,
];
