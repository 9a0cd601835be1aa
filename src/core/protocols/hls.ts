import { label, PARSE_LIMIT, type Protocol } from './protocol.ts';
import { textOfPayload } from './wire/bytes.ts';
import { mediaTypeOf, pathOf } from './wire/url.ts';

/** https://www.rfc-editor.org/rfc/rfc8216 playlists, with the partial segments of low latency. */
export const hls: Protocol = {
  id: 'hls',
  displayName: 'HLS',
  claims: (hint) => MEDIA_TYPES.has(mediaTypeOf(hint)) || /\.m3u8$/i.test(pathOf(hint.url)),
  recognises: (payload, direction) =>
    direction === 'received' && typeof payload === 'string' && FIRST.test(payload.slice(0, 20)),
  decode: (payload, direction) => {
    const text = textOfPayload(payload, MAX_PLAYLIST);
    if (direction === 'sent' || !FIRST.test(text.slice(0, 20))) return [];
    if (text.includes('\n#EXT-X-STREAM-INF:')) return [label('data', 'multivariant-playlist')];
    const mediaSequence = numberAfter(text, '#EXT-X-MEDIA-SEQUENCE:');
    const detail = {
      // "If the Media Playlist file does not contain an EXT-X-MEDIA-SEQUENCE tag, then the Media Sequence Number of the first Media Segment […] SHALL be considered to be 0."
      mediaSequence: mediaSequence ?? 0,
      targetDurationSeconds: numberAfter(text, '#EXT-X-TARGETDURATION:'),
      segments: count(text, '\n#EXTINF:'),
      parts: count(text, '\n#EXT-X-PART:'),
      isLive: !text.includes('\n#EXT-X-ENDLIST'),
    };
    return [label('data', 'media-playlist', String(detail.mediaSequence), null, detail)];
  },
};

const MEDIA_TYPES = new Set([
  'application/vnd.apple.mpegurl',
  'application/x-mpegurl',
  'audio/mpegurl',
  'audio/x-mpegurl',
]);
const FIRST = /^\uFEFF?#EXTM3U(?:\r?\n|$)/;
/** Hours of segments; a longer list is counted this far. */
const MAX_PLAYLIST = 16 * PARSE_LIMIT;

function numberAfter(text: string, tag: string): number | null {
  const at = text.indexOf(tag);
  const digits = at < 0 ? undefined : /^\d{1,15}/.exec(text.slice(at + tag.length, at + tag.length + 15))?.[0];
  return digits === undefined ? null : Number(digits);
}

function count(text: string, tag: string): number {
  let found = 0;
  for (let at = text.indexOf(tag); at >= 0; at = text.indexOf(tag, at + tag.length)) found++;
  return found;
}
