import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { nowMs } from '../clock.ts';

/** What a crowd of clients of one technique saw. Delays are from the event's `at` to its arrival, in ms. */
export interface CrowdReport {
  clients: number;
  received: number;
  lost: number;
  twice: number;
  delaysMs: number[];
}

export interface Crowd {
  readonly report: CrowdReport;
  leave(): void;
}

const STAMP = /"seq":(\d+),"at":([\d.]+)/g;

/** One client's check that every event comes, in order, once. */
function createInbox(report: CrowdReport): (text: string) => number {
  let lastSeq = 0;
  return (text) => {
    const now = nowMs();
    for (const [, seqText, at] of text.matchAll(STAMP)) {
      const seq = Number(seqText);
      if (seq <= lastSeq) report.twice += 1;
      else {
        report.received += 1;
        report.lost += seq - lastSeq - 1;
        report.delaysMs.push(now - Number(at));
        lastSeq = seq;
      }
    }
    return lastSeq;
  };
}

type Join = (url: URL, run: string, inbox: (text: string) => number) => { leave(): void };

/** Holds back a line cut in two until its other half is there. */
function onLines(socket: Socket, onText: (text: string) => void): void {
  let held = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const text = held + chunk;
    const end = text.lastIndexOf('\n') + 1;
    held = text.slice(end);
    if (end > 0) onText(text.slice(0, end));
  });
}

const openSocket = (url: URL): Socket => connect({ port: Number(url.port), host: url.hostname, noDelay: true });
const get = (url: URL, target: string): string => `GET ${target} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`;

const joinSse: Join = (url, run, inbox) => {
  const socket = openSocket(url);
  socket.write(get(url, `/sse?run=${run}`));
  onLines(socket, inbox);
  return { leave: () => socket.destroy() };
};

const joinWebSocket: Join = (url, run, inbox) => {
  const socket = new WebSocket(`ws://${url.host}/ws?run=${run}`);
  socket.on('message', (data) => inbox(data.toString()));
  return { leave: () => socket.terminate() };
};

/** Asks again as soon as an answer is complete: its JSON ends in `"next":<seq>}`, or it was a timeout. */
const joinLongPoll: Join = (url, run, inbox) => {
  const socket = openSocket(url);
  const ask = (since: number) => socket.write(get(url, `/long-poll?run=${run}&since=${since}&timeout=60000`));
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (!text.endsWith('}')) return;
    const since = inbox(text);
    text = '';
    ask(since);
  });
  ask(0);
  return { leave: () => socket.destroy() };
};

const JOINS = { sse: joinSse, websocket: joinWebSocket, 'long-polling': joinLongPoll } as const;
export type CrowdKind = keyof typeof JOINS;

/** Connects `clients` clients of one technique to a run. */
export function createCrowd(kind: CrowdKind, clients: number, url: URL, run: string): Crowd {
  const report: CrowdReport = { clients, received: 0, lost: 0, twice: 0, delaysMs: [] };
  const members = Array.from({ length: clients }, () => JOINS[kind](url, run, createInbox(report)));
  return {
    report,
    leave() {
      for (const member of members) member.leave();
    },
  };
}
