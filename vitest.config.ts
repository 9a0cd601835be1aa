import { defineConfig } from 'vitest/config';

/**
 * Tests that need no browser; `npm run check` runs these alone. What they test keeps no state of its own, so that their files
 * share the modules they load: half the time.
 */
const unit = {
  name: 'unit',
  include: ['tests/core/**/*.test.ts', 'tests/cli/**/*.test.ts', 'tests/*.test.ts'],
  isolate: false,
};

/**
 * Tests in a real Chromium, on ports of their own. One file after another: a browser takes both of two cores, so that two at a time
 * are no quicker (measured), and timings would not be honest.
 */
const inBrowser = (name: string, groupOrder: number) => ({
  name,
  include: [`tests/${name}/**/*.test.ts`],
  globalSetup: ['tests/support/built-extension.ts'],
  maxWorkers: 1,
  sequence: { groupOrder },
  testTimeout: 120_000,
  hookTimeout: 90_000,
});

export default defineConfig({
  test: {
    globalSetup: ['tests/support/temporary.ts'],
    projects: [
      { test: unit },
      { test: inBrowser('server', 1) },
      // Their files share browsers, kept in a module.
      { test: { ...inBrowser('page', 2), isolate: false } },
      { test: { ...inBrowser('e2e', 3), isolate: false } },
    ],
    maxWorkers: 2,
  },
});
