/** No GraphQL at all: JSON in, undici's `request` out, JSON back. The measure of all others. */
import { createServer } from 'node:http';
import {
  getAerospikeHeaders,
  getAttachPath,
  getRemovePath,
  getWethodHeaders,
  readLeaders,
  tell,
  toAttachResult,
  toRemoveResult,
} from './common.js';
import { aerospikeRequest, readWethodJson, wethodRequest } from './pools.js';

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
    const leaders = await readLeaders((path) => readWethodJson(path, headers), streamId);
    const persons = await Promise.all(leaders.map(({ leader }) => leader()));
    return { stream: { leaders: persons.map(({ name }) => ({ leader: { name } })) } };
  }
  const to = getRemovePath(input);
  const { statusCode, body } = await aerospikeRequest('DELETE', to, getAerospikeHeaders(headers));
  await body.text();
  return { removeOrgMember: toRemoveResult(statusCode, input.userId) };
}

async function attach(input, headers) {
  const to = getAttachPath(input);
  const { statusCode, body } = await wethodRequest('POST', to, getWethodHeaders(headers));
  return toAttachResult(statusCode, await body.json());
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
