import { render } from 'preact';
import { prepare } from './prepare.ts';
import { createStore } from './store.ts';
import { App } from './views/App.tsx';

// A tab of its own: files that were saved, without a page to inspect.
await prepare();
render(<App store={createStore(null)} />, document.body);
