import { isApi } from '../server/handler.ts';
import type { Middleware } from '../server/middleware.ts';
import type { Log } from '../telemetry/log.ts';
import type { Counter } from '../telemetry/metrics/family.ts';
import type { Metrics } from '../telemetry/metrics/metrics.ts';

/** The length of the part of a body that is searched for the code: refusals have it at their start. */
const searchedCharacters = 500;

/** Creates the middleware that counts all responses, and logs requests to the API that were rejected before anything ran. */
export function createRequestMetrics(endpoint: string, metrics: Metrics, log: Log): Middleware {
  const byStatus: Record<number, Counter | undefined> = {};
  return {
    onResponse({ path, method, hasRun, requestId, caller }, { status, body }) {
      let count = byStatus[status];
      if (count === undefined) {
        count = metrics.requests.get(String(status));
        byStatus[status] = count;
      }
      count.value += 1;
      if (hasRun || !isApi(endpoint, path) || typeof body !== 'string') return;
      if (!body.startsWith('{"errors":')) return;
      // Quotation marks in a message are escaped, so that the match is never a client's text.
      const [, code = null] =
        /"code":"([A-Z_]{1,60})"/.exec(body.slice(0, searchedCharacters)) ?? [];
      log.info({ requestId, caller: caller.name, method, status, code }, 'request refused');
    },
  };
}
