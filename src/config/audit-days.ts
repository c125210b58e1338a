import { countParser, type Parser } from './parsers.ts';

/** How long events of the audit log are kept. The shared database does not delete younger ones. */
export const auditDaysParser: Parser<number> = {
  expects: 'a whole number of days from 30 to 36500',
  parse: (text) => {
    const days = countParser.parse(text);
    return days !== undefined && days >= 30 && days <= 36_500 ? days : undefined;
  },
};
