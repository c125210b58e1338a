import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { GraphiQLOptions } from 'graphql-yoga';

/** A tab that GraphiQL opens with; variables and headers are JSON. */
export interface GraphiQLTab {
  readonly query: string;
  readonly variables?: string;
  readonly headers?: string;
}

/**
 * The options of the GraphiQL page. Its code comes with the package and is served by the gateway, so
 * that it works without the internet.
 *
 * @param tabs what it opens with, until somebody's browser has tabs of its own
 */
export function graphiqlOptions(tabs: readonly GraphiQLTab[]): GraphiQLOptions {
  return {
    title: 'membership-gateway',
    defaultTabs: tabs.map((tab) => ({ ...tab })),
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: 'headers',
  };
}

/** Renders the page once for each set of options: it is nine megabytes long. */
export function cachedGraphiQL(): (options: GraphiQLOptions) => string {
  let key = '';
  let page = '';
  return (options) => {
    const wanted = JSON.stringify(options);
    if (wanted !== key) {
      page = renderGraphiQL(options);
      key = wanted;
    }
    return page;
  };
}
