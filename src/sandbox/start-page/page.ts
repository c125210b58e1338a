import type { GraphiQLTab } from '../../graphiql/page.ts';
import { endings } from '../behaviour.ts';
import { sandboxHeaders } from '../credentials.ts';
import type { SeedTable } from '../sandbox-vendor.ts';
import { errorTabs } from '../tabs/errors.ts';
import { mutationTabs } from '../tabs/mutations.ts';
import { queryTabs } from '../tabs/queries.ts';
import { type Html, html } from './html.ts';
import { listSeedTables } from './seed.ts';

/** The current state of a vendor. */
export interface VendorState {
  readonly title: string;
  readonly description: string;
  readonly isConfigured: boolean;
  readonly isReachable: boolean;
  readonly circuit: 'closed' | 'open' | 'probing' | null;
  /** The time since when it counts as down, in ISO 8601. */
  readonly circuitOpenSince: string | null;
}

/** The content of the start page. */
export interface StartPage {
  readonly vendors: readonly VendorState[];
  /** The path of the API and of GraphiQL. */
  readonly endpoint: string;
  readonly hasGraphiQL: boolean;
  /** The address of the page that `npm run example` serves. */
  readonly exampleUrl: string;
  /** True right after a reset. */
  readonly wasReset: boolean;
}

/**
 * Renders the start page of the sandbox: the vendors, examples to try, and the seed.
 *
 * @param style the CSS of the page
 */
export function renderStartPage(page: StartPage, style: Html): string {
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
<p>One GraphQL API over several vendors. Here, all of them are simulated, so you cannot break anything.</p>
</header>
<main>
${page.wasReset ? html`<p class="note" role="status">The seed and the rate limits of all vendors were reset.</p>` : ''}
<section aria-labelledby="vendors"><h2 id="vendors">Vendors</h2>
<ul class="cards">${page.vendors.map(renderVendorCard)}</ul>
<form method="post" action="/sandbox/reset"><button>Reset the seed</button></form>
</section>
${renderGraphiQL(page)}
<section aria-labelledby="front-end"><h2 id="front-end">Front end</h2>
<p>An <a href="${page.exampleUrl}">example application</a> removes a person from all four systems. Start it with
<code>npm run example</code>.</p>
</section>
<section aria-labelledby="tokens"><h2 id="tokens">Credentials</h2>
<p>These headers work. Another ending of the token changes the vendor's behavior.</p>
<pre tabindex="0" aria-label="Headers that work">${Object.entries(sandboxHeaders).map(([name, value]) => html`${name}: ${value}\n`)}</pre>
${renderTable({ title: 'Tokens', columns: ['Token', 'The vendor'], rows: tokenRows })}
</section>
<section aria-labelledby="seed"><h2 id="seed">Seed</h2>
<p>The data after each start and each reset. Any other ID is unknown.</p>
${listSeedTables().map(renderSeed)}
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

function renderVendorCard(vendor: VendorState): Html {
  const state = describeState(vendor);
  return html`<li class="${state.isGood ? 'good' : 'bad'}"><h3>${vendor.title}</h3>
<p>${vendor.description}</p>
<p class="state"><span aria-hidden="true">${state.isGood ? '✓' : '✕'}</span> ${state.text}</p>
<dl><div><dt>Configured</dt><dd>${vendor.isConfigured ? 'yes' : 'no'}</dd></div>
<div><dt>Reachable</dt><dd>${vendor.isReachable ? 'yes' : 'no'}</dd></div>
<div><dt>Circuit</dt><dd>${vendor.circuit ?? '–'}</dd></div></dl></li>`;
}

function describeState({ isConfigured, isReachable, circuit, circuitOpenSince }: VendorState) {
  if (!isConfigured) return { isGood: false, text: 'Not configured' };
  if (!isReachable) return { isGood: false, text: 'Does not respond' };
  if (circuit === 'closed') return { isGood: true, text: 'Works' };
  const since = circuitOpenSince === null ? '' : ` since ${circuitOpenSince.slice(11, 19)} UTC`;
  return { isGood: false, text: `Circuit open${since}: failed too often` };
}

function renderGraphiQL({ endpoint, hasGraphiQL }: StartPage): Html {
  if (!hasGraphiQL)
    return html`<p>GraphiQL is off. Send requests to <code>POST ${endpoint}</code>.</p>`;
  const links = (title: string, tabs: readonly GraphiQLTab[]) =>
    html`<div><h3>${title}</h3><ul>${tabs.map((tab) => html`<li><a href="${toGraphiQLLink(endpoint, tab)}">${tab.title}</a></li>`)}</ul></div>`;
  return html`<section aria-labelledby="graphiql"><h2 id="graphiql">Try it in GraphiQL</h2>
<p><a class="button" href="${endpoint}">Open GraphiQL</a> or one of its tabs:</p>
<div class="columns">${links('Mutations', mutationTabs)}${links('Queries', queryTabs)}${links('Errors', errorTabs)}</div>
</section>`;
}

/** Returns the address at which GraphiQL opens a tab. */
function toGraphiQLLink(endpoint: string, { query, variables }: GraphiQLTab): string {
  return `${endpoint}?${new URLSearchParams({ query, ...(variables && { variables }) })}`;
}

function renderSeed(seed: SeedTable): Html {
  return html`<h3>${seed.title}</h3>${renderTable(seed)}`;
}

/** Renders a table that scrolls if it is too wide, also with the keyboard. */
function renderTable({ title, columns, rows }: SeedTable): Html {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const row = (cells: readonly string[]) =>
    html`<tr>${cells.map((cell) => html`<td>${isId(cell) ? html`<code>${cell}</code>` : cell}</td>`)}</tr>`;
  return html`<div class="wide" tabindex="0" role="region" aria-label="${title}">
<table><thead><tr>${head}</tr></thead><tbody>${rows.map(row)}</tbody></table></div>`;
}

function isId(text: string): boolean {
  return /^(sandbox[a-z-]*|[0-9a-f-]{36}|[A-Za-z0-9]{17})$/.test(text);
}
