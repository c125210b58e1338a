import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCollector } from '../lib/collector.ts';
import { createVariant, type SingleContender } from '../lib/contenders.ts';
import { createAttachLoad } from '../lib/requests.ts';
import { measure, renderContest, warmMs } from '../lib/rounds.ts';
import type { Scene } from '../lib/scene.ts';

const uncounted = `--import=${new URL('../lib/uncounted.ts', import.meta.url).href}`;
const scrapeMs = 1_000;

/** Measures the cost of logs, metrics, traces and the audit log, each relative to the defaults. */
export const telemetry: Scene = {
  name: 'telemetry',
  about: 'What logs, metrics, traces and the record of changes cost, on and off',
  run: async ({ isQuick }) => {
    const folder = mkdtempSync(join(tmpdir(), 'telemetry-'));
    await using collector = await startCollector();
    const OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
    const tenth = {
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.1',
    };
    const of = (title: string, env: Readonly<Record<string, string>> = {}, ...flags: string[]) =>
      createVariant(title, createAttachLoad, { env, flags, isFromSource: true });
    try {
      const standings = await measure({
        mode: 'ok',
        connections: 64,
        contenders: [
          of('by default: the log at `info`, metrics, no traces'),
          of('no log', { LOG_LEVEL: 'silent' }),
          of('a line for each call too', { LOG_LEVEL: 'debug' }),
          of('neither log nor metrics', { LOG_LEVEL: 'silent' }, uncounted),
          scrapeMetrics(of('metrics read each second')),
          of('traces of all operations', { OTEL_EXPORTER_OTLP_ENDPOINT }),
          of('traces of a tenth', { OTEL_EXPORTER_OTLP_ENDPOINT, ...tenth }),
          of('the record of changes, on this disk', { AUDIT_LOG: join(folder, 'audit') }),
        ],
        rounds: isQuick ? 1 : 5,
        operations: isQuick ? 50 : 4_000,
        warmUpMs: isQuick ? 0 : warmMs,
      });
      return [
        renderContest(
          'What it costs to tell of itself, a change that is made, 64 connections',
          standings,
          [
            `The collector of the traces, a stub on loopback, got ${(collector.bytes() / 1e3).toFixed(0)} kB. The gateway has no switch for metrics: for "neither" the functions that count are taken out before the start. The record waits for the disk twice in each change.`,
          ],
        ),
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** Measures the same while metrics are scraped more often than Prometheus does. */
function scrapeMetrics(contender: SingleContender): SingleContender {
  return {
    ...contender,
    start: async (vendorUrl) => {
      const server = await contender.start(vendorUrl);
      const [, admin] = /"admin":"([^"]+)"/.exec(server.told) ?? [];
      if (admin === undefined) throw new Error(`no admin port is told: ${server.told}`);
      let failure: unknown;
      const timer = setInterval(async () => {
        try {
          const text = await (await fetch(`${admin}/metrics`)).text();
          if (!text.includes('mutations_total')) throw new Error(`no metrics: ${text}`);
        } catch (error) {
          failure = error;
        }
      }, scrapeMs);
      return {
        ...server,
        [Symbol.asyncDispose]: async () => {
          clearInterval(timer);
          await server[Symbol.asyncDispose]();
          if (failure !== undefined) throw failure;
        },
      };
    },
  };
}
