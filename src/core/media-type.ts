import { remembered } from './remembered.ts';

const bare = remembered((contentType) => contentType.split(';', 1)[0]!.trim().toLowerCase());

/** `text/event-stream; charset=utf-8` → `text/event-stream`; '' where there is none. */
export const mediaTypeOf = (contentType: string | null): string => (contentType === null ? '' : bare(contentType));
