/** Builds the bundle that the tests start as a process: what the image runs. */
export async function setup(): Promise<void> {
  await import('../../scripts/build.ts');
}
