/** No GraphQL at all: JSON in, undici's `request` out, JSON back. The measure of all others. */
import { createServer } from 'node:http';
import { Pool } from 'undici';
import {
  aerospikeHeaders,
  attached,
  attachPath,
  removed,
  removePath,
  tell,
  vendor,
  wethodHeaders,
} from './common.js';

const { origin, pathname } = new URL(vendor);
const pool = new Pool(origin, { connections: 64 });

async function change({ query, variables: { input } }, headers) {
  if (query.includes('attachStreamLeader')) {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: pathname + attachPath(input),
      headers: wethodHeaders(headers),
    });
    return { attachStreamLeader: attached(statusCode, await body.json()) };
  }
  const { statusCode, body } = await pool.request({
    method: 'DELETE',
    path: pathname + removePath(input),
    headers: aerospikeHeaders(headers),
  });
  await body.text();
  return { removeOrgMember: removed(statusCode, input.userId) };
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const data = await change(JSON.parse(Buffer.concat(chunks).toString()), request.headers);
    const body = JSON.stringify({ data });
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => tell(server.address().port));
