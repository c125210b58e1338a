import type { Reply, Target } from './target.ts';

/** The CPU cost of a scenario's requests, in ms. */
export interface CpuLimits {
  readonly medianMs: number;
  readonly worstMs: number;
}

/** A kind of attack. */
export interface Scenario {
  readonly name: string;
  /** The most CPU that a request may cost; null if it is shown only. */
  readonly cpu: CpuLimits | null;
  run(report: Report): Promise<void>;
}

/** The findings of a scenario. */
export class Report {
  readonly cpuMs: number[] = [];
  readonly problems: string[] = [];
  memory = '';
  /** The most expensive request. */
  worst = '';

  /** Notes the cost of a request, and a problem if its status is not an expected one. */
  reply(what: string, { status, text, cpuMs }: Reply, expected: readonly number[]): void {
    if (cpuMs >= Math.max(0, ...this.cpuMs)) this.worst = what;
    this.cpuMs.push(cpuMs);
    if (expected.includes(status)) return;
    const got = `${status} ${text.slice(0, 120)}`;
    this.problem(`${what}: expected status ${expected.join(' or ')}, received ${got}`);
  }

  /** Notes a problem, which fails the attack. */
  problem(text: string): void {
    this.problems.push(text);
  }

  /** Notes a problem if the process is gone, or does not answer. */
  async alive(target: Target): Promise<void> {
    if (!(await target.isAlive())) this.problem('the process is gone or its event loop hangs');
  }

  /**
   * Notes the memory before and after, in MiB, and a problem if it has grown further than allowed.
   *
   * @param most by how much it may grow
   */
  grown(before: number, after: number, most: number): void {
    this.memory = `${before.toFixed(0)} → ${after.toFixed(0)}`;
    if (after - before <= most) return;
    this.problem(`memory grew from ${this.memory} MiB; expected at most ${most.toFixed(0)} more`);
  }
}
