import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../bench/lib/arguments.ts';

const names = ['success', 'slow'];
const parse = (...argv: string[]) => parseArguments(argv, names);

describe("the benchmark's command line", () => {
  test('runs all scenes at length by itself', () => {
    expect(parse()).toEqual({ isQuick: false, isList: false, scenes: [], runs: 5 });
  });

  test('takes several scenes, a number of runs and the short form', () => {
    const argv = ['--quick', '--scene', 'slow', '--scene=success', '--runs', '3'];
    expect(parse(...argv)).toEqual({
      isQuick: true,
      isList: false,
      scenes: ['slow', 'success'],
      runs: 3,
    });
  });

  test.each([
    [['--fast'], 'got --fast, which is no flag; takes --quick, --scene NAME, --runs N, --list'],
    [['quick'], 'got "quick", which is no flag; takes --quick, --scene NAME, --runs N, --list'],
    [['--quick=1'], '--quick: got "1"; takes no value'],
    [['--scene', 'nope'], '--scene: got "nope"; takes one of success, slow'],
    [['--scene'], '--scene: got nothing; takes one of success, slow'],
    [['--runs', '0'], '--runs: got "0"; takes a number from 1 to 99'],
    [['--runs', '100'], '--runs: got "100"; takes a number from 1 to 99'],
    [['--runs'], '--runs: got nothing; takes a number from 1 to 99'],
  ])('refuses %j in a line that names it', (argv, message) => {
    expect(() => parse(...argv)).toThrow(new Error(message));
  });
});
