import { buildExtension } from '../../scripts/build-extension.ts';

export { EXTENSION } from '../../scripts/paths.ts';

/** Once before the browser tests: builds the extension as it is now. A build that fails, fails the run. */
export function setup(): void {
  buildExtension();
}
