import { defineConfig } from 'vitest/config';

/** Tests that need no browser; `npm run check` runs these alone. */
const unit = { name: 'unit', include: ['tests/core/**/*.test.ts', 'tests/cli/**/*.test.ts', 'tests/*.test.ts'] };

/** Tests of what takes how long, and one that starts several browsers at a time: nothing else may run beside them. */
const TIMED = [
  'tests/e2e/advice/polls.test.ts',
  'tests/e2e/advice/streams.test.ts',
  'tests/e2e/race.test.ts',
  'tests/e2e/corpus.test.ts',
  'tests/server/lab.test.ts',
  'tests/server/faults.test.ts',
];

/** Tests in a real Chromium, on ports of their own. */
const inBrowser = (name: string, testTimeout: number) => ({
  name,
  globalSetup: ['tests/support/built-extension.ts'],
  testTimeout,
  hookTimeout: 90_000,
});

export default defineConfig({
  test: {
    projects: [
      { test: unit },
      ...['server', 'page', 'e2e'].map((name) => ({
        test: { ...inBrowser(name, 120_000), include: [`tests/${name}/**/*.test.ts`], exclude: TIMED },
      })),
      { test: { ...inBrowser('timed', 120_000), include: TIMED, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
    maxWorkers: 2,
  },
});
