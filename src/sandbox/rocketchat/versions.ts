/** The versions of Rocket.Chat that differ in what is simulated: each stands for those up to the next one. */
export type RocketChatVersion = '5' | '6' | '7.2' | '7.3' | '8.3' | '8.8';

const order: readonly RocketChatVersion[] = ['5', '6', '7.2', '7.3', '8.3', '8.8'];

/** What a version does and does not do. */
export interface Features {
  /** What answers a route that is not there: the web application's page (200), or the router (404). */
  readonly unknownRoute: 'page' | 'text';
  readonly hasIsMember: boolean;
  readonly hasMembersByRole: boolean;
  /** Whether a query that is not valid is an `error-invalid-params`, not an `invalid-params`. */
  readonly typesQueries: boolean;
  readonly findsByEmail: boolean;
  readonly kicksFromArchived: boolean;
  /** Whether a member's row bears the subscription. */
  readonly showsSubscriptions: boolean;
  /** The body of a 401. */
  readonly unauthorizedForm: 'both' | 'status' | 'success';
}

/** Returns what a version does and does not do. */
export function featuresOf(version: RocketChatVersion): Features {
  const isFrom = (first: RocketChatVersion) => order.indexOf(version) >= order.indexOf(first);
  return {
    unknownRoute: isFrom('7.3') ? 'text' : 'page',
    hasIsMember: isFrom('7.2'),
    hasMembersByRole: isFrom('7.3'),
    typesQueries: isFrom('8.3'),
    findsByEmail: isFrom('8.8'),
    kicksFromArchived: isFrom('6'),
    showsSubscriptions: isFrom('8.3'),
    unauthorizedForm: isFrom('7.2') ? 'both' : 'status',
  };
}
