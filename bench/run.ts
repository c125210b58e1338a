/**
 * The gateway beside a bare proxy and what else one would take: see README, "Performance". Servers have
 * one core, load and vendor the other; rounds are interleaved, since machines drift, and ratios count.
 */
import { pin } from './lib/process.ts';
import { throughput } from './scenes/throughput.ts';

const isQuick = process.argv.includes('--quick');
pin(process.pid, 1);
process.stdout.write(await throughput(isQuick));
process.exit(0);
