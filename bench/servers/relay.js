/**
 * Carries bytes and knows no HTTP: for each chunk of a client a fixed call to the vendor, for each of the
 * vendor's a fixed answer. Nothing that speaks HTTP can be as fast: what it reaches is what load and vendor
 * can carry.
 */
import { connect, createServer } from 'node:net';
import { getAttachPath, tell, wethod } from './common.js';

const { port, pathname } = new URL(wethod);
const call = `POST ${pathname}${getAttachPath({ streamId: 7, leaderId: 42 })} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 0\r\n\r\n`;
const body = '{"data":{"attachStreamLeader":{"__typename":"AttachStreamLeaderSuccess"}}}';
const answer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

const server = createServer({ noDelay: true }, (client) => {
  const vendor = connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
  client.on('data', () => vendor.write(call));
  vendor.on('data', () => client.write(answer));
  client.on('close', () => vendor.destroy());
  vendor.on('close', () => client.destroy());
  for (const socket of [client, vendor]) socket.on('error', () => {});
});
server.listen(0, '127.0.0.1', () => tell(server.address().port));
