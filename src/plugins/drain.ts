import type { Lifecycle } from '../lifecycle.ts';
import { refusal } from '../server/answer.ts';
import type { Rule } from '../server/rule.ts';

/** While the process stops: refuses new documents with 503, and tells keep-alive connections to close. */
export function drainRule(lifecycle: Lifecycle, endpoint: string): Rule {
  return {
    before({ path }) {
      if (!lifecycle.isStopping || !isUnder(endpoint, path)) return;
      const message = 'The gateway is stopping; nothing was begun. Send the request again.';
      return refusal(503, message, 'STOPPING');
    },
    after(_incoming, { headers }) {
      if (lifecycle.isStopping) headers['connection'] = 'close';
    },
  };
}

/** The files of GraphiQL are below the API. */
function isUnder(endpoint: string, path: string): boolean {
  return path === endpoint || path.startsWith(`${endpoint}/`);
}
