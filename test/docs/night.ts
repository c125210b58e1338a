import { createHash } from 'node:crypto';
import { closeSync, fstatSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { changes, ids } from '../support/changes.ts';
import { credentials, openTestState, type TestGateway, testGateway } from '../support/gateway.ts';
import { parseSamples, type Sample, scrape } from '../support/scrape.ts';
import { type SeenCall, startVendor } from '../support/vendor.ts';
import { faults, json, over, own } from '../support/world.ts';

/** The log, audit log and metrics of a gateway after an incident. */
export interface Incident {
  /** The log, as it was printed. */
  readonly log: string;
  /** The audit log, taken while one change was in flight. */
  readonly audit: string;
  readonly samples: readonly Sample[];
}

const key = 'the-key-of-offboarding';

/**
 * Lives through a bad night: the record begins with a line that a crash cut; one vendor does what it should, one answers
 * with pages, one with 503, one is not configured, one connection is lost with its client, and one change is under way when the record is looked at.
 *
 * @param requestId of the change that goes well
 */
export async function runIncident(requestId: string): Promise<Incident> {
  const folder = await mkdtemp(join(tmpdir(), 'night-'));
  try {
    const [record, lost, keys] = ['audit.jsonl', 'lost.jsonl', 'services.json'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await writeFile(record, '{"time":"2026-11-2');
    await writeFile(
      keys,
      JSON.stringify({ services: [{ name: 'offboarding', keys: [hashOf(key)] }] }),
    );
    let audit = '';
    const client = new AbortController();
    await using vendor = await startVendor((response, call) => {
      if (call.url !== '/api/v1/groups.kick') answer(response, call);
      else if (client.signal.aborted) {
        audit = readFileSync(record, 'utf8');
        answer(response, call);
      } else {
        client.abort();
        faults.reset(response);
      }
    });
    const env = over(vendor, { KAITEN_URL: '', SERVICE_KEYS_FILE: keys });
    const main = { ...env, AUDIT_LOG: record, DATABASE_URL: `file:${join(folder, 'gateway.db')}` };
    const state = await openTestState(main);
    await using gateway = testGateway(main, undefined, undefined, state);
    await changes.removeOrgMember.make(gateway, headersOf(requestId));
    await changes.attachStreamLeader.make(gateway, headersOf());
    await changes.leaveGroup.make(gateway, headersOf());
    await gateway.sendText('{ group(uid: "g") { name } }', headersOf());
    await gateway.sendText('{ vendors { title } }', {});
    await leave(gateway, client.signal);
    await changes.removeChatGroupMember.make(gateway, headersOf('under-way'));
    await using other = testGateway({ ...env, AUDIT_LOG: lost });
    vendor.answer = (response, call) => {
      closeSync(descriptorOf(lost));
      answer(response, call);
    };
    await changes.removeOrgMember.make(other, headersOf('not-recorded'));
    return {
      log: gateway.logged() + other.logged(),
      audit,
      samples: [...(await samplesIn(gateway)), ...(await samplesIn(other))],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function answer(response: ServerResponse, { method, url }: SeenCall): void {
  if (url.startsWith('/api/streams/')) faults.page(response);
  else if (url === '/api/v1/groups.leave') own(503)(response);
  else if (url.startsWith('/organization/')) json(response, 204);
  else if (method === 'POST') json(response, 200, { success: true });
  else json(response, 200, { subscription: { rid: ids.groupId, open: true }, success: true });
}

/** Sends a change as a client that goes before it is answered, and waits for its end. */
async function leave(gateway: TestGateway, signal: AbortSignal): Promise<void> {
  const input = `{groupId: "${ids.groupId}", userId: "${ids.chatUserId}"}`;
  const mutation = `mutation { removeChatGroupMember(input: ${input}) { __typename } }`;
  await gateway.sendText(mutation, headersOf('gone'), { signal }).catch(() => {});
  await vi.waitUntil(() => gateway.gateway.lifecycle.inFlight === 0);
}

function headersOf(requestId?: string): Record<string, string> {
  const id = requestId === undefined ? {} : { 'x-request-id': requestId };
  return { ...credentials, authorization: `Bearer ${key}`, ...id };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** This process's descriptor of a file: macOS has no `/proc` to look it up. */
function descriptorOf(file: string): number {
  const { dev, ino } = statSync(file);
  for (let descriptor = 3; descriptor < 1_024; descriptor += 1) {
    try {
      const stat = fstatSync(descriptor);
      if (stat.dev === dev && stat.ino === ino) return descriptor;
    } catch {
      // Not open.
    }
  }
  throw new Error(`${file} is not open`);
}

async function samplesIn(gateway: TestGateway): Promise<readonly Sample[]> {
  return parseSamples(await scrape(gateway));
}
