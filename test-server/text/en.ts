/** Every text of the pages. Korean has the same names: a missing one does not compile. */
export const en = {
  siteName: 'Transport Lens lab',
  raceTitle: 'The race',
};

export type Texts = Record<keyof typeof en, string>;
