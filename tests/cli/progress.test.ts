import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src/cli/progress.ts';

function written(isTTY: boolean, env: NodeJS.ProcessEnv): string {
  let text = '';
  const write = (piece: string | Uint8Array) => {
    text += piece;
    return true;
  };
  const progress = createProgress({ write, isTTY, columns: 12 }, env);
  progress.say('Recording 3 of 20 s');
  progress.clear();
  return text;
}

describe('progress', () => {
  it('is one line on a terminal, no longer than it, and gone in the end', () => {
    expect(written(true, {})).toBe('\r\x1b[2KRecording 3\r\x1b[2K');
  });

  it('is silent in CI and where nobody watches', () => {
    expect(written(true, { CI: 'true' })).toBe('');
    expect(written(false, {})).toBe('');
  });
});
