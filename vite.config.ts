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
    rolldownOptions: { input: ['src/panel/panel.html', 'src/panel/viewer.html'] },
  },
  server: { port: 5173, strictPort: false },
}));

function withoutPolicy(released: typeof manifest): object {
  const { content_security_policy: _released, ...rest } = released;
  return rest;
}
