/** No GraphQL at all: JSON in, undici's `request` out, JSON back. The measure of all others. */
import { createServer } from 'node:http';
import {
  aerospikeHeaders,
  attached,
  attachPath,
  leadersOf,
  removed,
  removePath,
  tell,
  wethodHeaders,
} from './common.js';
import { aerospikeRequest, wethodJson, wethodRequest } from './pools.js';

async function answerTo({ query, variables: { input, inputs, streamId } }, headers) {
  if (inputs !== undefined) {
    const data = {};
    // One after the other, as GraphQL has it.
    for (let index = 0; index < inputs.length; index += 1)
      data[`m${index}`] = await attach(inputs[index], headers);
    return data;
  }
  if (query.includes('attachStreamLeader'))
    return { attachStreamLeader: await attach(input, headers) };
  if (query.includes('stream(')) {
    const leaders = await leadersOf((path) => wethodJson(path, headers), streamId);
    const persons = await Promise.all(leaders.map(({ leader }) => leader()));
    return { stream: { leaders: persons.map(({ name }) => ({ leader: { name } })) } };
  }
  const to = removePath(input);
  const { statusCode, body } = await aerospikeRequest('DELETE', to, aerospikeHeaders(headers));
  await body.text();
  return { removeOrgMember: removed(statusCode, input.userId) };
}

async function attach(input, headers) {
  const to = attachPath(input);
  const { statusCode, body } = await wethodRequest('POST', to, wethodHeaders(headers));
  return attached(statusCode, await body.json());
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const data = await answerTo(JSON.parse(Buffer.concat(chunks).toString()), request.headers);
    const body = JSON.stringify({ data });
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => tell(server.address().port));
