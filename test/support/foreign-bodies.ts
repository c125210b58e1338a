import type { StubAnswer } from './vendor.ts';

/** What something between the gateway and a vendor answers, whatever the status. */
export interface ForeignBody {
  readonly name: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const html = { 'content-type': 'text/html' };
const htmlUtf8 = { 'content-type': 'text/html; charset=utf-8' };
const text = { 'content-type': 'text/plain' };
const cloudflare = {
  'content-type': 'text/html; charset=UTF-8',
  server: 'cloudflare',
  'cf-ray': '8f2b3c4d5e6f7a81-SJC',
};
const joinLines = (...all: string[]) => `${all.join('\r\n')}\r\n`;

/** Twelve answers that come at a vendor's URL and are not the vendor's, as their senders write them. */
export const foreignBodies: readonly ForeignBody[] = [
  {
    name: 'nginx',
    headers: { ...html, server: 'nginx' },
    body: joinLines(
      '<html>',
      '<head><title>404 Not Found</title></head>',
      '<body>',
      '<center><h1>404 Not Found</h1></center>',
      '<hr><center>nginx</center>',
      '</body>',
      '</html>',
    ),
  },
  {
    name: 'HAProxy',
    headers: { ...html, 'cache-control': 'no-cache' },
    body:
      '<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n' +
      '</body></html>\n',
  },
  {
    name: 'Envoy',
    headers: { ...text, server: 'envoy' },
    body:
      'upstream connect error or disconnect/reset before headers. ' +
      'reset reason: connection termination',
  },
  {
    name: 'Traefik',
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body: '404 page not found\n',
  },
  {
    name: 'Cloudflare',
    headers: cloudflare,
    body:
      '<!DOCTYPE html>\n<!--[if lt IE 7]> <html class="no-js ie6 oldie" lang="en-US"> <![endif]-->\n' +
      '<head>\n<title>Attention Required! | Cloudflare</title>\n</head>\n<body>\n' +
      '<h1 data-translate="block_headline">Sorry, you have been blocked</h1>\n</body>\n</html>\n',
  },
  {
    name: 'an AWS load balancer',
    headers: { ...html, server: 'awselb/2.0' },
    body: joinLines(
      '<html>',
      '<head><title>503 Service Temporarily Unavailable</title></head>',
      '<body>',
      '<center><h1>503 Service Temporarily Unavailable</h1></center>',
      '</body>',
      '</html>',
    ),
  },
  {
    name: 'Akamai',
    headers: { ...html, server: 'AkamaiGHost', 'mime-version': '1.0' },
    body:
      '<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n \n' +
      'You don\'t have permission to access "http&#58;&#47;&#47;api&#46;example&#46;com&#47;" on this ' +
      'server.<P>\nReference&#32;&#35;18&#46;c6a50517&#46;1514639126&#46;176b29a\n</BODY>\n</HTML>\n',
  },
  {
    name: 'a captive portal',
    headers: {},
    body:
      '\uFEFF\r\n  <HTML><HEAD><meta http-equiv="refresh" content="0; url=http://192.168.1.1/login">' +
      '</HEAD><BODY>Please accept the terms of this network.</BODY></HTML>',
  },
  {
    name: 'a login page',
    headers: { ...htmlUtf8, 'set-cookie': '_oauth2_proxy_csrf=x; Path=/; HttpOnly' },
    body:
      '<!DOCTYPE html>\n<html lang="en">\n<head><title>Sign In</title></head>\n<body>' +
      '<form method="GET" action="/oauth2/start"><button>Sign in with OpenID Connect</button></form>' +
      '</body></html>',
  },
  {
    name: 'a maintenance page',
    headers: { ...htmlUtf8, 'retry-after': '3600' },
    body: '<!doctype html><title>Maintenance</title><h1>We will be back soon!</h1>',
  },
  {
    name: 'a bot challenge',
    headers: { ...cloudflare, 'cf-mitigated': 'challenge' },
    body:
      '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>' +
      '<meta name="robots" content="noindex,nofollow"></head><body></body></html>',
  },
  {
    name: 'JSON of an API gateway',
    headers: { 'content-type': 'application/json; charset=utf-8', server: 'kong/3.4.2' },
    body: '{\n  "message":"no Route matched with those values"\n}',
  },
];

/** The statuses that such an answer may come with. */
export const foreignStatuses = [200, 401, 403, 404, 503];

/** An answer of something in between. */
export function createForeignAnswer({ headers, body }: ForeignBody, status: number): StubAnswer {
  return { status, headers, body };
}
