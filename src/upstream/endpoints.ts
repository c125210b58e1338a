/** An endpoint as it is documented, and the pattern of its paths. */
interface Template {
  readonly text: string;
  readonly pattern: RegExp;
}

/** The label of a call that matches no endpoint. */
export const otherEndpoint = 'other';

/**
 * The endpoints of a vendor as its documentation writes them, such as `GET /groups/{group_uid}`. Metrics, logs and traces
 * contain them instead of paths, which contain ids.
 */
export class Endpoints {
  readonly #byMethod = new Map<string, Template[]>();

  constructor(templates: readonly string[]) {
    for (const text of templates) {
      const [method = '', path = ''] = text.split(' ');
      const steps = path
        .split('/')
        .map((step) => (step.startsWith('{') ? '[^/?]*' : RegExp.escape(step)));
      const pattern = new RegExp(`^${steps.join('/')}(?:\\?|$)`);
      this.#byMethod.set(method, [...(this.#byMethod.get(method) ?? []), { text, pattern }]);
    }
  }

  /** Returns the endpoint of a call, or {@link otherEndpoint}. @param path with or without a query */
  find(method: string, path: string): string {
    for (const { text, pattern } of this.#byMethod.get(method) ?? none) {
      if (pattern.test(path)) return text;
    }
    return otherEndpoint;
  }
}

const none: readonly Template[] = [];
