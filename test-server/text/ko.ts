import type { Texts } from './en.ts';

export const ko: Texts = {
  siteName: 'Transport Lens 실험실',
  raceTitle: '전송 경주',
};
