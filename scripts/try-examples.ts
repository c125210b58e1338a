import { mutationTabs } from '../src/sandbox/tabs/mutations.ts';

/*
 * Sends the sandbox's example of every mutation to a sandbox that runs, and fails unless each is applied:
 *   node scripts/try-examples.ts [endpoint]
 */

const endpoint = process.argv[2] ?? 'http://127.0.0.1:4000/graphql';

for (const { title, query, variables = '{}', headers = '{}' } of mutationTabs) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...JSON.parse(headers) },
    body: JSON.stringify({ query, variables: JSON.parse(variables) }),
  });
  const text = await response.text();
  process.stdout.write(`${title}: ${text}\n`);
  if (!text.includes('"outcome":"APPLIED"')) process.exitCode = 1;
}
