import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { raw } from 'jq-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { variables } from '../../src/config/variables.ts';
import { ofKind } from '../deploy/manifests.ts';
import { ids } from '../support/changes.ts';
import { expectKnown, listSyntaxErrors } from '../support/promql.ts';
import { type Incident, runIncident } from './night.ts';
import { readPage } from './page.ts';

const page = readPage('docs/operations.md');
const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const requestId =
  /--arg id (\S+) 'fromjson\? \| objects \| select\(\.requestId/.exec(page.text)?.[1] ?? '';

const sources = readdirSync(new URL('../../src', import.meta.url), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts') && !file.startsWith('sandbox'))
  .map((file) => read(`src/${file}`));

let night: Incident;
beforeAll(async () => {
  night = await runIncident(requestId);
});

describe('alerts', () => {
  const { groups } = parse(read('deploy/alerts.yml')) as {
    groups: { rules: { alert: string; annotations: { runbook: string } }[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);
  const start = page.headings.findIndex(({ title }) => title === 'The alerts');
  const rest = page.headings.slice(start + 1);
  const sections = rest.slice(
    0,
    rest.findIndex(({ level }) => level < 3),
  );

  test('alerts and sections match, in the order of the rules', () => {
    expect(sections.map(({ title }) => title)).toEqual(rules.map(({ alert }) => alert));
  });

  test.each(rules)('$alert names its section', ({ alert, annotations }) => {
    const anchor = sections.find(({ title }) => title === alert)?.anchor;
    expect(annotations.runbook).toBe(`docs/operations.md#${anchor}`);
  });
});

test('every link leads somewhere', () => {
  const anchors = page.headings.map(({ anchor }) => `#${anchor}`);
  const [inside, outside] = [/^#/, /^\.\.\//].map((form) =>
    page.links.filter((one) => form.test(one)),
  );
  for (const link of inside ?? []) expect(anchors).toContain(link);
  for (const link of outside ?? []) {
    const [file = '', anchor] = link.split('#');
    expect(existsSync(new URL(`../../docs/${file}`, import.meta.url)), link).toBe(true);
    if (anchor === undefined) continue;
    const there = readPage(file.replace('../', '')).headings.map((heading) => heading.anchor);
    expect(there, link).toContain(anchor);
  }
});

describe('metrics', () => {
  test.each(page.blocks('promql'))('%s', (expr) => {
    expect(listSyntaxErrors(expr)).toEqual([]);
    expectKnown(expr, night.samples);
  });

  test('metrics named in the page exist', () => {
    const named = page.codes.filter((code) => /^(membership_gateway|nodejs|process)_/.test(code));
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expectKnown(name, night.samples);
  });

  test('detects invalid PromQL', () => {
    expect(listSyntaxErrors('sum by (vendor (up)')).not.toEqual([]);
    expect(() => expectKnown('membership_gateway_none', night.samples)).toThrow();
  });
});

test('names in capitals are variables, values in the code, or system errors', () => {
  const names = new Set(page.codes.filter((code) => /^[A-Z][A-Z_]+$/.test(code)));
  expect(names.size).toBeGreaterThan(20);
  for (const name of names) {
    const isKnown =
      name in variables ||
      name in constants.errno ||
      name in constants.signals ||
      sources.some((text) => text.includes(`'${name}'`));
    expect(isKnown, name).toBe(true);
  }
});

test('commands use the object names of the manifests', () => {
  const commands = page.blocks('sh').join('\n');
  const [deployment] = ofKind('Deployment');
  for (const [, name] of commands.matchAll(/-n (\S+)/g)) {
    expect(name).toBe(ofKind('Namespace')[0]?.metadata?.name);
  }
  for (const [, name] of commands.matchAll(/deployment\/(\S+)/g)) {
    expect(name).toBe(deployment?.metadata?.name);
  }
  const [service] = ofKind('Deployment')[0]?.spec?.template.spec?.containers ?? [];
  const env = Object.fromEntries((service?.env ?? []).map(({ name, value }) => [name, value]));
  expect(env['AUDIT_LOG']).toBe('database');
  expect(commands).toContain(`curl -fsS http://127.0.0.1:${env['ADMIN_PORT']}/audit`);
  for (const [, label, value] of commands.matchAll(/-l (\S+)=(\S+)/g)) {
    expect(deployment?.spec?.template.metadata?.labels?.[label ?? '']).toBe(value);
  }
});

describe('the log', () => {
  const levels: Record<string, number> = { debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };
  const calls = sources.flatMap((text) => [
    ...Array.from(
      text.matchAll(
        /log(?:\(\))?\.(debug|info|warn|error|fatal)\([^;]*?(['`])([^'`\n]+)\2,?\s*\)/g,
      ),
      ([call, level = '', , msg = '']) => ({ call, level: levels[level], msg }),
    ),
    ...Array.from(text.matchAll(/createInfoWriter\(log, '(.+?)'\)/g), ([, msg = '']) => ({
      call: text,
      level: levels['info'],
      msg,
    })),
    ...Array.from(
      text.matchAll(/logUnfinished\(gateway, log, (['`])(.+?)\1\)/g),
      ([, , msg = '']) => ({
        call: 'underWay unfinished',
        level: levels['warn'],
        msg,
      }),
    ),
  ]);
  const known = calls.map((one) => ({ ...one, msg: one.msg.replace(/\$\{signal\}/, 'SIGTERM') }));
  const rows = page.rows.map(([level, msg = '', members = '']) => ({
    level: Number(level),
    msg: msg.replaceAll('`', ''),
    members: members.split(',').map((one) => one.replaceAll('`', '').trim()),
  }));
  const line = ({ level, msg }: { level?: number | undefined; msg: string }) => `${level} ${msg}`;

  test('the table lists exactly the log lines in the code, with their levels', () => {
    const inCode = new Set(known.map(line));
    expect(rows.map(line).toSorted()).toEqual([...inCode].toSorted());
  });

  test.each(rows)('"$msg" has its members', ({ msg, members }) => {
    const lines = night.log
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .filter((one) => one['msg'] === msg);
    const words = known.filter((one) => one.msg === msg).flatMap(({ call }) => call.split(/\W+/));
    const has = new Set(lines.length > 0 ? lines.flatMap(Object.keys) : words);
    for (const member of members.filter((one) => one !== '')) expect(has).toContain(member);
  });

  const printed = [
    'operation',
    'request refused',
    'vendor call',
    'attempt failed',
    'change completed after client disconnected',
  ];

  test('the incident prints the most frequent lines', () => {
    for (const msg of printed) {
      expect(night.log).toContain(`"msg":"${msg}"`);
    }
  });
});

describe('one-liners', () => {
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const org = JSON.stringify({ userId: ids.memberId });
  const leader = JSON.stringify({ streamId: ids.streamId, leaderId: ids.leaderId });
  const kicked = JSON.stringify({ groupId: ids.groupId, userId: ids.chatUserId });
  const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
  const caller = 'offboarding';

  /** The expected output of each command: the cells of a table, or members of objects. */
  const expected: Readonly<Record<string, readonly unknown[]>> = {
    'since when: the first and the last failed attempt, by vendor, error and status': [
      ['ROCKETCHAT', 'VendorUnavailableError', '-', '1', time, time],
      ['ROCKETCHAT', 'VendorUnavailableError', '503', '1', time, time],
      ['WETHOD', 'VendorContractError', '200', '1', time, time],
    ],
    'for whom: fields that a vendor failed, by caller and field': [
      [caller, 'attachStreamLeader', 'VendorContractError', '1', time, time],
      [caller, 'group', 'VENDOR_UNAVAILABLE_ERROR', '1', time, time],
      [caller, 'leaveGroup', 'VendorUnavailableError', '1', time, time],
      [caller, 'removeChatGroupMember', 'VendorUnavailableError', '1', time, time],
    ],
    'what was done: changes by vendor, mutation, outcome and error': [
      ['AEROSPIKE', 'removeOrgMember', 'APPLIED', '-', '1'],
      ['ROCKETCHAT', 'leaveGroup', 'NOT_APPLIED', 'VendorUnavailableError', '1'],
      ['ROCKETCHAT', 'removeChatGroupMember', 'UNKNOWN', 'VendorUnavailableError', '1'],
      ['WETHOD', 'attachStreamLeader', 'UNKNOWN', 'VendorContractError', '1'],
    ],
    'each change at one vendor since a time (UTC)': [
      [time, 'APPLIED', caller, 'removeOrgMember', org, '-', requestId],
    ],
    'faults, with their request': [
      {
        time,
        msg: 'failed to write to the audit log',
        error: expect.stringContaining('EBADF'),
      },
    ],
    'one request, in the log and in the audit log': [
      { msg: 'vendor call', vendor: 'AEROSPIKE' },
      { msg: 'operation', result: 'success' },
      { event: 'started', mutation: 'removeOrgMember' },
      { event: 'finished', outcome: 'APPLIED' },
    ],
    'begun and never ended': [
      [time, caller, 'ROCKETCHAT', 'removeChatGroupMember', kicked, 'under-way'],
    ],
    'ended unknown': [
      [time, caller, 'WETHOD', 'attachStreamLeader', leader, 'VendorContractError', id],
      [
        time,
        caller,
        'ROCKETCHAT',
        'removeChatGroupMember',
        kicked,
        'VendorUnavailableError',
        'gone',
      ],
    ],
    'what could not be recorded': [
      { time, event: 'finished', outcome: 'APPLIED', requestId: 'not-recorded' },
    ],
    "what was done in one caller's name since a time (UTC)": [
      [time, 'APPLIED', 'AEROSPIKE', 'removeOrgMember', org, requestId],
      [time, 'UNKNOWN', 'WETHOD', 'attachStreamLeader', leader, id],
      [
        time,
        'NOT_APPLIED',
        'ROCKETCHAT',
        'leaveGroup',
        JSON.stringify({ groupId: ids.groupId }),
        id,
      ],
      [time, 'UNKNOWN', 'ROCKETCHAT', 'removeChatGroupMember', kicked, 'gone'],
    ],
    'who removed one person': [
      [time, caller, 'AEROSPIKE', 'removeOrgMember', 'APPLIED', requestId],
    ],
    'all that was done to one person or group': [
      [time, 'APPLIED', 'VENDOR_RESPONSE', caller, 'AEROSPIKE', 'removeOrgMember'],
    ],
  };

  const commands = page.blocks('sh').filter((block) => /^jq /m.test(block));

  test('have distinct comments', () => {
    const titles = commands.map((block) => /^# (.+)$/m.exec(block)?.[1]);
    expect(titles.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  test.each(commands)('%s', async (block) => {
    const form = /^# (.+)\njq ((?:-[a-zA-Z]+ |--arg \w+ \S+ )+)'([^']+)' ((?:[a-z.]+ ?)+)$/;
    const [, title = '', flags = '', filter = '', files = ''] = form.exec(block) ?? [];
    const texts: Record<string, string> = { 'gateway.log': night.log, 'audit.jsonl': night.audit };
    const input = files.split(' ').map((file) => texts[file] ?? expect.fail(`no file ${file}`));
    const printed = await raw(input.join(''), filter, flags.trim().split(' '));
    const lines = printed.trim().split('\n');
    const isTable = filter.endsWith('@tsv');
    const cells = lines.map((one) => (isTable ? one.split('\t') : JSON.parse(one)));
    const wanted = expected[title] ?? [];
    expect(cells).toHaveLength(wanted.length);
    for (const [index, one] of wanted.entries()) {
      if (isTable) expect(cells[index]).toEqual(one);
      else expect(cells[index]).toMatchObject(one as object);
    }
  });
});
