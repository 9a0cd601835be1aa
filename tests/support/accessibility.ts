import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import { ROOT } from '../../scripts/paths.ts';

const AXE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong within `selector`: one line a rule and place. */
export async function violations(frame: Page | Frame, selector = ':root'): Promise<string[]> {
  await frame.evaluate(AXE);
  return (await frame.evaluate(`(async () => {
    const { violations } = await axe.run(${JSON.stringify(selector)}, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all }) =>
      id + ' ' + target.join(' ') + ': ' + [...any, ...all].map(({ message }) => message).join('; ')));
  })()`)) as string[];
}
