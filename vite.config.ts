import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };

/** Content scripts that CRXJS must leave whole: its loader is asynchronous, and a hook must be there before the first inline script. */
const standaloneFiles = ['src/page/main.ts', 'src/relay/main.ts'];

export default defineConfig(({ command }) => ({
  plugins: [
    crx({
      // Hot reload needs a connection to the dev server; the released pages may connect to nothing.
      manifest: (command === 'serve' ? withoutPolicy(manifest) : manifest) as ManifestV3Export,
      contentScripts: { standaloneFiles },
    }),
  ],
  build: {
    outDir: 'dist/chrome',
    emptyOutDir: true,
    target: 'chrome148',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['src/panel/panel.html', 'src/panel/viewer.html'],
      output: { codeSplitting: { groups: [{ name: startChunk, tags: ['$initial'] }] } },
    },
  },
  server: { port: 5173, strictPort: false },
}));

function withoutPolicy(released: typeof manifest): object {
  const { content_security_policy: _released, ...rest } = released;
  return rest;
}

interface Modules {
  getModuleInfo(id: string): { importers: readonly string[] } | null;
}
/** What panel and viewer are made of; they themselves must not share a chunk, because to load one is to run it. */
const PANEL = ['/src/panel/store.ts', '/src/panel/views/App.tsx'];
const RECORDER = '/src/panel/devtools.ts';
const reached = new Map<string, boolean>();

/** Whether `entry` imports the module, itself or through others, before it runs. */
function isNeededBy(entry: string, id: string, modules: Modules): boolean {
  const key = `${entry} ${id}`;
  const known = reached.get(key);
  if (known !== undefined) return known;
  // Modules that import each other have no way of their own to the entry.
  reached.set(key, false);
  const importers = modules.getModuleInfo(id)?.importers ?? [];
  const is = id.endsWith(entry) || importers.some((importer) => isNeededBy(entry, importer, modules));
  reached.set(key, is);
  return is;
}

/**
 * One chunk of what the panel needs to be shown, one of what it shares with the recorder. Left to itself the bundler makes a chunk
 * for every set of views that have a module in common: forty files to fetch before anything is shown.
 */
function startChunk(id: string, modules: Modules): string | null {
  if (!PANEL.some((entry) => isNeededBy(entry, id, modules))) return null;
  return isNeededBy(RECORDER, id, modules) ? 'shared' : 'start';
}
