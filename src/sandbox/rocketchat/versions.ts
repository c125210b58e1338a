/** The versions of Rocket.Chat that differ in the simulated routes. Each includes all versions up to the next one. */
export type RocketChatVersion = '5' | '6' | '7.2' | '7.3' | '8.3' | '8.8';

const order: readonly RocketChatVersion[] = ['5', '6', '7.2', '7.3', '8.3', '8.8'];

/** The features of a version. */
export interface Features {
  /** The response of an unknown route: the web application's page (200), or the router's text (404). */
  readonly unknownRoute: 'page' | 'text';
  readonly hasIsMember: boolean;
  readonly hasMembersByRole: boolean;
  /** True if an invalid query is an `error-invalid-params`, and not an `invalid-params`. */
  readonly typesQueries: boolean;
  readonly findsByEmail: boolean;
  readonly kicksFromArchived: boolean;
  /** True if a member's row includes the subscription. */
  readonly showsSubscriptions: boolean;
  /** The body of a 401. */
  readonly unauthorizedForm: 'both' | 'status' | 'success';
}

/** Returns the features of a version. */
export function getFeatures(version: RocketChatVersion): Features {
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
