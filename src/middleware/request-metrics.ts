import { isApi } from '../server/handler.ts';
import type { Middleware } from '../server/middleware.ts';
import type { Log } from '../telemetry/log.ts';
import type { Counter } from '../telemetry/metrics/family.ts';
import type { Metrics } from '../telemetry/metrics/metrics.ts';

/** Nothing that is refused tells why any later. */
const looked = 500;

/** Counts all answers, and logs the requests to the API that were answered with errors before anything ran. */
export function createRequestMetrics(endpoint: string, metrics: Metrics, log: Log): Middleware {
  const byStatus: Record<number, Counter | undefined> = {};
  return {
    after({ path, method, hasRun, requestId, caller }, { status, body }) {
      let count = byStatus[status];
      if (count === undefined) {
        count = metrics.requests.of(String(status));
        byStatus[status] = count;
      }
      count.value += 1;
      if (hasRun || !isApi(endpoint, path) || typeof body !== 'string') return;
      if (!body.startsWith('{"errors":')) return;
      // Quotation marks within a message are escaped, so that this is none of a client's words.
      const [, code = null] = /"code":"([A-Z_]{1,60})"/.exec(body.slice(0, looked)) ?? [];
      log.info({ requestId, caller: caller.name, method, status, code }, 'request refused');
    },
  };
}
