import type { HandshakeResponse } from '../../../core/cdp/handshake.ts';
import type { CdpHeaders } from '../../../core/cdp/headers.ts';
import type { CdpRequest, CdpResponse } from '../../../core/cdp/response.ts';

interface OfRequest {
  requestId: string;
  /** Seconds on a monotonic clock that all processes share. */
  timestamp: number;
}
/** RFC 6455 §5.2: 1 is text, 2 binary (as base64 here); others are control frames, and −1 a failure. */
interface Frame {
  opcode: number;
  payloadData: string;
}

/** The events of the Chrome DevTools Protocol that are read of a worker. `wallTime`: the same instant as `timestamp`, in epoch s. */
export interface CdpEvents {
  'Network.requestWillBeSent': OfRequest & {
    wallTime: number;
    type?: string;
    request: CdpRequest;
    redirectResponse?: CdpResponse;
  };
  /** The head as it crosses the wire, with all that the browser added. */
  'Network.requestWillBeSentExtraInfo': { requestId: string; headers: CdpHeaders };
  'Network.responseReceived': OfRequest & { response: CdpResponse };
  /** No `headersText` where heads are compressed. */
  'Network.responseReceivedExtraInfo': { requestId: string; headersText?: string };
  /** `data` (base64) once its content was asked for. */
  'Network.dataReceived': OfRequest & { dataLength: number; data?: string };
  'Network.loadingFinished': OfRequest & { encodedDataLength: number };
  'Network.loadingFailed': OfRequest & { canceled?: boolean };
  'Network.eventSourceMessageReceived': OfRequest & { eventName: string; eventId: string; data: string };
  'Network.webSocketCreated': { requestId: string; url: string };
  'Network.webSocketWillSendHandshakeRequest': OfRequest & { wallTime: number; request: { headers: CdpHeaders } };
  'Network.webSocketHandshakeResponseReceived': OfRequest & { response: HandshakeResponse };
  'Network.webSocketFrameSent': OfRequest & { response: Frame };
  'Network.webSocketFrameReceived': OfRequest & { response: Frame };
  'Network.webSocketFrameError': OfRequest;
  'Network.webSocketClosed': OfRequest;
}

/** What one reader does with the events that it knows. */
export type Handlers = { [Method in keyof CdpEvents]?: (event: CdpEvents[Method]) => void };
