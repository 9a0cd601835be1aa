import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** What each world may import besides itself; packages are not meant here. */
const MAY_IMPORT: Record<string, string[]> = {
  'src/page': ['src/protocol.ts'],
  'src/relay': ['src/protocol.ts'],
  'src/core': ['src/protocol.ts'],
  'src/panel': ['src/core', 'src/protocol.ts', 'public/_locales'],
  'src/cli': ['src/core'],
  'test-server': [],
};
/** Which packages the worlds that run in other people's pages, or nowhere in particular, may use. */
/** What is small, pure and knows a format better than we would. */
const CORE_USES = ['eventsource-parser'];
const MAY_USE: Record<string, string[]> = {
  'src/page': [],
  'src/relay': [],
  'src/core': CORE_USES,
  'src/protocol.ts': [],
};

const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);
}

const within = (path: string, place: string) => path === place || path.startsWith(`${place}/`);

describe.each(Object.entries(MAY_IMPORT))('%s', (world, allowed) => {
  it('imports only what the dependency rule lets it', () => {
    const files = sources(world);
    expect(files.length).toBeGreaterThan(0);
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => relative(ROOT, join(ROOT, dirname(file), name)))
        .filter((target) => ![world, ...allowed].some((place) => within(target, place)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe.each(Object.entries(MAY_USE))('%s', (world, allowed) => {
  it('uses no package beyond those named', () => {
    const files = world.endsWith('.ts') ? [world] : sources(world);
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => !name.startsWith('.') && !allowed.includes(name))
        .map((name) => `${file} uses ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the extension', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8'));

  it('has the relay in place before the page hooks hand over their port', () => {
    expect(manifest.content_scripts.map(({ js }: { js: string[] }) => js[0])).toEqual([
      'src/relay/main.ts',
      'src/page/main.ts',
    ]);
  });

  it('may connect to nothing', () => {
    expect(manifest.content_security_policy.extension_pages).toContain("connect-src 'none'");
  });

  it('has its entries without exports: those would leak a global into the page', () => {
    for (const entry of ['src/page/main.ts', 'src/relay/main.ts']) {
      expect(readFileSync(join(ROOT, entry), 'utf8')).not.toMatch(/^export /m);
    }
  });
});

describe.each(['src/core/health/checks.ts', 'src/core/advise/rules.ts'])('all that %s lists', (list) => {
  const ids = [...readFileSync(join(ROOT, list), 'utf8').matchAll(/\{ type \w+, \w+ \} from '\.\/([a-z-]+)\.ts'/g)].map(
    (match) => match[1]!,
  );
  const textOf = (folder: string) =>
    sources(folder)
      .map((file) => readFileSync(join(ROOT, file), 'utf8'))
      .join();

  it('has a file of its own, and is shown to hold by a unit test and on a page', () => {
    expect(ids.length).toBeGreaterThan(10);
    const [unit, page] = [textOf(list.replace('src', 'tests').replace(/\/[^/]+$/, '')), textOf('tests/e2e/advice')];
    expect(ids.filter((id) => !unit.includes(`'${id}'`) || !page.includes(`'${id}'`))).toEqual([]);
  });
});

describe('the languages', () => {
  const read = (language: string) =>
    JSON.parse(readFileSync(join(ROOT, `public/_locales/${language}/messages.json`), 'utf8'));
  const placeholders = (message: string) => [...message.matchAll(/\$\d/g)].map(String).toSorted();

  it('have the same messages with the same parts', () => {
    const [en, ko] = [read('en'), read('ko')];
    expect(Object.keys(ko)).toEqual(Object.keys(en));
    for (const key of Object.keys(en))
      expect(placeholders(ko[key].message), key).toEqual(placeholders(en[key].message));
  });

  it('have no message that nothing shows', () => {
    const code =
      sources('src/panel')
        .map((file) => readFileSync(join(ROOT, file), 'utf8'))
        .join('\n') + readFileSync(join(ROOT, 'manifest.json'), 'utf8');
    const unused = Object.keys(read('en')).filter(
      (key) =>
        !code.includes(`'${key}'`) &&
        !code.includes(`"${key}"`) &&
        !code.includes(`__MSG_${key}__`) &&
        !key.startsWith('provenance_'),
    );
    expect(unused).toEqual([]);
  });
});
