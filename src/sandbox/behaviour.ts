/** What a vendor does for a token: the token's ending picks it. */
export type Behaviour =
  | 'works'
  | 'expired'
  | 'forbidden'
  | 'plan'
  | 'throttled'
  | 'throttled-once'
  | 'down'
  | 'flaky'
  | 'cut'
  | 'slow'
  | 'garbage';

const endings: readonly Exclude<Behaviour, 'works'>[] = [
  'expired',
  'forbidden',
  'plan',
  'throttled-once',
  'throttled',
  'down',
  'flaky',
  'cut',
  'slow',
  'garbage',
];

/** What a token picks; null for one that no vendor accepts. */
export function behaviourOf(token: string): Behaviour | null {
  if (!token.startsWith('sandbox')) return null;
  return endings.find((ending) => token.endsWith(`-${ending}`)) ?? 'works';
}
