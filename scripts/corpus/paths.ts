import { join } from 'node:path';
import { ROOT } from '../paths.ts';

export const CORPUS = join(ROOT, 'tests/corpus');
