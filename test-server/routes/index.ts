import type { Route } from '../http/context.ts';
import { assets } from './assets.ts';
import { control } from './control.ts';
import { longPoll } from './long-poll.ts';
import { oneOff } from './one-off.ts';
import { pages } from './pages.ts';
import { poll } from './poll.ts';
import { postback } from './postback.ts';
import { sse } from './sse.ts';
import { stream } from './stream.ts';
import { truthSchema } from './truth-schema.ts';

/** Every route but the WebSocket upgrade. */
export const routes: readonly Route[] = [
  poll,
  longPoll,
  ...sse,
  stream,
  ...oneOff,
  ...control,
  truthSchema,
  ...postback,
  ...pages,
  ...assets,
];
