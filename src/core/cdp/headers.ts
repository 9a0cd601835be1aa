import type { Header } from '../model.ts';

/** Headers as the Chrome DevTools Protocol has them. */
export type CdpHeaders = { [name: string]: string };

/** The same as pairs; the protocol joins those of one name by line ends. */
export const headerList = (headers: CdpHeaders): Header[] =>
  Object.entries(headers).flatMap(([name, value]) => value.split('\n').map((one): Header => [name, one]));
