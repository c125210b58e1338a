/** An endpoint as it is documented, and what the paths of its calls look like. */
interface Template {
  readonly text: string;
  readonly paths: RegExp;
}

/** What stands for a call that no template fits. */
export const otherEndpoint = 'other';

/**
 * The endpoints of a vendor as its documentation writes them, such as `DELETE /groups/{group_uid}`: by them
 * calls are told of, never by their paths, which hold ids.
 */
export class Endpoints {
  readonly #byMethod = new Map<string, Template[]>();

  constructor(templates: readonly string[]) {
    for (const text of templates) {
      const [method = '', path = ''] = text.split(' ');
      const steps = path
        .split('/')
        .map((step) => (step.startsWith('{') ? '[^/?]*' : RegExp.escape(step)));
      const paths = new RegExp(`^${steps.join('/')}(?:\\?|$)`);
      this.#byMethod.set(method, [...(this.#byMethod.get(method) ?? []), { text, paths }]);
    }
  }

  /** The endpoint of a call, {@link otherEndpoint} where it has none. @param path with or without a query */
  of(method: string, path: string): string {
    for (const { text, paths } of this.#byMethod.get(method) ?? none) {
      if (paths.test(path)) return text;
    }
    return otherEndpoint;
  }
}

const none: readonly Template[] = [];
