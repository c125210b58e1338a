const width = 117;

/** Renders a docstring of paragraphs, in lines of at most 120 characters. */
export function renderDocstring(...paragraphs: readonly string[]): string {
  const lines = paragraphs.flatMap((paragraph, index) =>
    index === 0 ? wrapLines(paragraph) : ['', ...wrapLines(paragraph)],
  );
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'].join('\n');
}

function wrapLines(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
