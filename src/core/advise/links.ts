import type { Link } from './advice.ts';

const rfc = (number: number, section = ''): Link => ({
  label: section === '' ? `RFC ${number}` : `RFC ${number} §${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}${section === '' ? '' : `#section-${section}`}`,
});

/** The texts that advice and checks rest on. */
export const LINKS = {
  cacheControl: rfc(9111, '5.2'),
  closing: rfc(6455, '7.2.3'),
  compression: rfc(9110, '8.4'),
  conditional: rfc(9110, '13'),
  eventStream: {
    label: 'HTML: Server-sent events',
    url: 'https://html.spec.whatwg.org/multipage/server-sent-events.html',
  },
  fieldLimits: rfc(9110, '5.4'),
  http2: rfc(9113),
  longPolling: rfc(6202),
  longPollingTimeouts: rfc(6202, '5.5'),
  pageVisibility: {
    label: 'HTML: Page visibility',
    url: 'https://html.spec.whatwg.org/multipage/interaction.html#page-visibility',
  },
  pingPong: rfc(6455, '5.5.2'),
  proxyBuffering: {
    label: 'nginx: X-Accel-Buffering',
    url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering',
  },
  socketIo: {
    label: 'Socket.IO: Troubleshooting',
    url: 'https://socket.io/docs/v4/troubleshooting-connection-issues/',
  },
  webSocket: rfc(6455),
  webSocketApi: {
    label: 'WebSockets Standard',
    url: 'https://websockets.spec.whatwg.org/#dom-websocket-bufferedamount',
  },
  webSocketDeflate: rfc(7692),
} as const satisfies Record<string, Link>;
