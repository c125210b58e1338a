import type { Message } from './message.ts';

type Page = Omit<Message, 'status'>;

const html = { 'content-type': 'text/html; charset=utf-8' };
const json = { 'content-type': 'application/json' };
const createPage = (title: string) =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

/** The pages and texts of systems between the gateway and a vendor, by name, for any status. */
export const intermediaries: Readonly<Record<string, Page>> = {
  nginx: {
    headers: { 'content-type': 'text/html', server: 'nginx/1.25.3' },
    body: '<html>\r\n<head><title>Error</title></head>\r\n<body><hr><center>nginx</center></body>\r\n</html>\r\n',
  },
  haproxy: {
    headers: { 'cache-control': 'no-cache', 'content-type': 'text/html' },
    body: '<html><body><h1>Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n',
  },
  envoy: {
    headers: { 'content-type': 'text/plain', server: 'envoy' },
    body: 'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
  },
  traefik: {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body: '404 page not found\n',
  },
  cloudflare: {
    headers: { ...html, server: 'cloudflare', 'cf-ray': '8c1f2ab3cd4e5f60-WAW' },
    body: createPage('Web server is down | Cloudflare'),
  },
  challenge: {
    headers: { ...html, server: 'cloudflare', 'cf-mitigated': 'challenge', 'cf-ray': '8c1f-FRA' },
    body: createPage('Just a moment...'),
  },
  alb: {
    headers: { server: 'awselb/2.0', 'content-type': 'text/html' },
    body: createPage('Forbidden'),
  },
  akamai: {
    headers: { server: 'AkamaiGHost', 'content-type': 'text/html' },
    body: `${createPage('Access Denied')}\nReference #18.2d351ab8`,
  },
  limiter: {
    headers: { 'content-type': 'text/html', server: 'nginx', 'retry-after': '0' },
    body: createPage('Too Many Requests'),
  },
  portal: { headers: html, body: createPage('Sign in to the network') },
  login: { headers: { ...html, 'set-cookie': 'session=x' }, body: createPage('Log in') },
  maintenance: { headers: html, body: createPage('Down for maintenance') },
  foreignJson: {
    headers: { ...json, 'x-amzn-requestid': '6b1f3c52-7e0d-4a1e-9d7a-1f0e5b1a2c3d' },
    body: '{"error":{"code":"upstream_failed","reason":"no healthy upstream"}}',
  },
  awsJson: {
    headers: { ...json, 'x-amzn-requestid': '6b1f3c52-7e0d-4a1e-9d7a-1f0e5b1a2c3d' },
    body: '{"message":"Service Unavailable"}',
  },
  okJson: { headers: json, body: '{"status":"ok"}' },
  number: { headers: json, body: '42' },
  emptyHtml: { headers: html, body: '' },
};

/** The statuses that intermediaries answer with. */
export const intermediaryStatuses: readonly number[] = [
  200, 201, 202, 204, 300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 407, 408,
  409, 410, 412, 413, 425, 429, 451, 499, 500, 501, 502, 503, 504, 520, 521, 522, 523, 524, 525,
  526, 530, 599, 700,
];

/** Returns the answer of an intermediary with a status. */
export function createIntermediaryAnswer(name: string, status: number): Message {
  const { headers, body } = intermediaries[name] ?? { headers: {}, body: '' };
  const isRedirect = [301, 302, 303, 307, 308].includes(status);
  const location = { location: 'https://login.example/?next=x' };
  return { status, headers: isRedirect ? { ...headers, ...location } : headers, body };
}
