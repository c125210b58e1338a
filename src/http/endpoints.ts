interface Template {
  readonly text: string;
  /** Null for a parameter. */
  readonly steps: readonly (string | null)[];
}

/** What stands for a call that no template fits. */
export const otherEndpoint = 'other';

/**
 * The endpoints of a vendor as its documentation writes them, such as `DELETE /groups/{group_uid}`: by them
 * calls are told of, never by their paths, which hold ids.
 */
export class Endpoints {
  readonly #byShape = new Map<string, Template[]>();

  constructor(templates: readonly string[]) {
    for (const text of templates) {
      const [method = '', path = ''] = text.split(' ');
      const steps = path.split('/').map((step) => (step.startsWith('{') ? null : step));
      const shape = `${method} ${steps.length}`;
      this.#byShape.set(shape, [...(this.#byShape.get(shape) ?? []), { text, steps }]);
    }
  }

  /** The endpoint of a call, {@link otherEndpoint} where it has none. @param path with or without a query */
  of(method: string, path: string): string {
    const query = path.indexOf('?');
    const steps = (query === -1 ? path : path.slice(0, query)).split('/');
    for (const template of this.#byShape.get(`${method} ${steps.length}`) ?? []) {
      if (fits(template.steps, steps)) return template.text;
    }
    return otherEndpoint;
  }
}

function fits(template: readonly (string | null)[], steps: readonly string[]): boolean {
  for (let index = 0; index < template.length; index += 1) {
    const wanted = template[index];
    if (wanted !== null && wanted !== steps[index]) return false;
  }
  return true;
}
