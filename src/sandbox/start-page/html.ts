/** A piece of HTML, which `html` inserts without escaping. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

type Part = string | number | Html | readonly Html[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Renders a template of HTML. It escapes every inserted value that is not an `Html`. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const written = parts.map((part) => {
    if (part instanceof Html) return part.text;
    if (typeof part === 'object') return part.join('');
    return String(part).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
  });
  return new Html(String.raw({ raw: strings }, ...written));
}
