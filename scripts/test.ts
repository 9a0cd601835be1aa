import { findOrInstallBrowser } from '../src/cli/browser/install.ts';
import { DOWNLOADS } from './paths.ts';
import { close, formatAndLint, tests, types } from './steps.ts';

try {
  console.log(`Browser: ${findOrInstallBrowser(DOWNLOADS, console.log)}`);
} catch (error) {
  console.error((error as Error).message);
  close([{ passed: 0, failed: 1 }]);
}
close([formatAndLint(), types(), tests()]);
