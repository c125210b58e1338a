/** The behavior of a simulated vendor for a token. The token's ending selects it. */
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

/** The endings of tokens, each with a description of the vendor's behavior. */
export const endings: Readonly<Record<Exclude<Behaviour, 'works'>, string>> = {
  expired: '401',
  forbidden: 'denies the permission',
  plan: 'Kaiten: 402; Wethod: 412, Streams are off',
  throttled: '429 with a wait of 60 s, always',
  'throttled-once': '429 with a wait of 1 s on every first, third, … write',
  down: '503, always',
  flaky: '503 on every first, third, … write',
  cut: 'makes the change, then cuts the connection, on every first, third, … write',
  slow: 'makes the change, then answers after 60 s',
  garbage: '200 with an HTML page',
};

const names = Object.keys(endings) as (keyof typeof endings)[];

/** Returns the behavior that a token selects, or null for a token that no simulated vendor accepts. */
export function parseBehaviour(token: string): Behaviour | null {
  if (!token.startsWith('sandbox')) return null;
  return names.find((ending) => token.endsWith(`-${ending}`)) ?? 'works';
}
