import { defineConfig } from 'vitest/config';

/** Tests that need no browser; `npm run check` runs these alone. */
const unit = { name: 'unit', include: ['tests/core/**/*.test.ts', 'tests/cli/**/*.test.ts', 'tests/*.test.ts'] };

/** Tests in a real Chromium, on ports of their own. Their files run one after another: two cores, honest timings. */
const inBrowser = (name: string, testTimeout: number) => ({
  name,
  include: [`tests/${name}/**/*.test.ts`],
  globalSetup: ['tests/support/built-extension.ts'],
  fileParallelism: false,
  testTimeout,
  hookTimeout: 90_000,
});

export default defineConfig({
  test: {
    projects: [
      { test: unit },
      { test: inBrowser('server', 60_000) },
      { test: inBrowser('page', 60_000) },
      { test: inBrowser('e2e', 120_000) },
    ],
    maxWorkers: 1,
  },
});
