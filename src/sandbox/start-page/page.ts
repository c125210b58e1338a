import type { GraphiQLTab } from '../../graphiql/page.ts';
import { endings } from '../behaviour.ts';
import { sandboxHeaders } from '../credentials.ts';
import { errorTabs } from '../tabs/errors.ts';
import { mutationTabs } from '../tabs/mutations.ts';
import { queryTabs } from '../tabs/queries.ts';
import { type Html, html } from './html.ts';
import { type SeedTable, seedTables } from './seed.ts';

/** A vendor as it is now. */
export interface VendorState {
  readonly title: string;
  /** What the gateway changes there. */
  readonly what: string;
  readonly isConfigured: boolean;
  readonly isReachable: boolean;
  readonly circuit: 'closed' | 'open' | 'probing' | null;
  /** Since when it counts as down, ISO 8601. */
  readonly circuitOpenSince: string | null;
}

/** What the page is made from. */
export interface StartPage {
  readonly vendors: readonly VendorState[];
  /** The path of the API and of GraphiQL. */
  readonly endpoint: string;
  readonly hasGraphiQL: boolean;
  /** Where `npm run example` serves its page. */
  readonly exampleUrl: string;
  /** Whether the seed was just put back. */
  readonly wasReset: boolean;
}

/**
 * The first page of the sandbox: its vendors, and all that may be tried.
 *
 * @param style its CSS, as it is
 */
export function startPage(page: StartPage, style: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>membership-gateway sandbox</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header>
<h1>membership-gateway <span>sandbox</span></h1>
<p>One GraphQL API over four vendors. Here all four are simulated: nothing is real, and nothing can break.</p>
</header>
<main>
${page.wasReset ? html`<p class="note" role="status">The seed is back in all four vendors, and their rate limits are at their start.</p>` : ''}
<section aria-labelledby="vendors"><h2 id="vendors">The vendors now</h2>
<ul class="cards">${page.vendors.map(vendorCard)}</ul>
<form method="post" action="/sandbox/reset"><button>Put the seed back</button></form>
</section>
${graphiqlSection(page)}
<section aria-labelledby="front-end"><h2 id="front-end">A front end</h2>
<p>An <a href="${page.exampleUrl}">example application</a> removes a person from all four systems. It is there while
<code>npm run example</code> runs.</p>
</section>
<section aria-labelledby="tokens"><h2 id="tokens">Credentials</h2>
<p>These work. Another ending of the token picks what the vendor does.</p>
<pre tabindex="0" aria-label="Headers that work">${Object.entries(sandboxHeaders).map(([name, value]) => html`${name}: ${value}\n`)}</pre>
${table({ title: 'Tokens', columns: ['Token', 'The vendor'], rows: tokenRows })}
</section>
<section aria-labelledby="seed"><h2 id="seed">What is there</h2>
<p>After each start and each reset. Any other id is unknown.</p>
${seedTables().map(seedSection)}
</section>
</main>
</body>
</html>
`.text;
}

const tokenRows = [
  ['sandbox', 'works'],
  ...Object.entries(endings).map(([ending, what]) => [`sandbox-${ending}`, what]),
];

function vendorCard(vendor: VendorState): Html {
  const state = stateOf(vendor);
  return html`<li class="${state.isGood ? 'good' : 'bad'}"><h3>${vendor.title}</h3>
<p>${vendor.what}</p>
<p class="state"><span aria-hidden="true">${state.isGood ? '✓' : '✕'}</span> ${state.text}</p>
<dl><div><dt>Configured</dt><dd>${vendor.isConfigured ? 'yes' : 'no'}</dd></div>
<div><dt>Reachable</dt><dd>${vendor.isReachable ? 'yes' : 'no'}</dd></div>
<div><dt>Circuit</dt><dd>${vendor.circuit ?? '–'}</dd></div></dl></li>`;
}

function stateOf({ isConfigured, isReachable, circuit, circuitOpenSince }: VendorState) {
  if (!isConfigured) return { isGood: false, text: 'Not set up' };
  if (!isReachable) return { isGood: false, text: 'Gives no answer' };
  if (circuit === 'closed') return { isGood: true, text: 'Works' };
  const since = circuitOpenSince === null ? '' : ` since ${circuitOpenSince.slice(11, 19)} UTC`;
  return { isGood: false, text: `Failed too often: held back${since}` };
}

function graphiqlSection({ endpoint, hasGraphiQL }: StartPage): Html {
  if (!hasGraphiQL)
    return html`<p>GraphiQL is off. The API takes <code>POST ${endpoint}</code>.</p>`;
  const links = (title: string, tabs: readonly GraphiQLTab[]) =>
    html`<div><h3>${title}</h3><ul>${tabs.map((tab) => html`<li><a href="${linkTo(endpoint, tab)}">${tab.title}</a></li>`)}</ul></div>`;
  return html`<section aria-labelledby="graphiql"><h2 id="graphiql">Try it in GraphiQL</h2>
<p><a class="button" href="${endpoint}">Open GraphiQL</a> or one of its tabs, ready to run:</p>
<div class="columns">${links('Mutations', mutationTabs)}${links('Queries', queryTabs)}${links('Errors', errorTabs)}</div>
</section>`;
}

/** The address at which GraphiQL opens with a tab. */
function linkTo(endpoint: string, { query, variables }: GraphiQLTab): string {
  return `${endpoint}?${new URLSearchParams({ query, ...(variables && { variables }) })}`;
}

function seedSection(seed: SeedTable): Html {
  return html`<h3>${seed.title}</h3>${table(seed)}`;
}

/** A table that scrolls by itself where it is too wide: with the keyboard, too. */
function table({ title, columns, rows }: SeedTable): Html {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const row = (cells: readonly string[]) =>
    html`<tr>${cells.map((cell) => html`<td>${isId(cell) ? html`<code>${cell}</code>` : cell}</td>`)}</tr>`;
  return html`<div class="wide" tabindex="0" role="region" aria-label="${title}">
<table><thead><tr>${head}</tr></thead><tbody>${rows.map(row)}</tbody></table></div>`;
}

function isId(text: string): boolean {
  return /^(sandbox[a-z-]*|[0-9a-f-]{36}|[A-Za-z0-9]{17})$/.test(text);
}
