/** Where the composed graph is kept, between its composition and the start. */
export const supergraph = new URL('../../report/supergraph.graphql', import.meta.url);
