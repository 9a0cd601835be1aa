/** Text that is safe in a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | null | readonly Html[];

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char]!);

const written = (part: Part): string => {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  return typeof part === 'object' ? part.map(({ text }) => text).join('') : escapeHtml(String(part));
};

/** A piece of a page: whatever is put in is escaped, unless it is a piece itself. */
export const html = (literals: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(literals.reduce((text, literal, i) => text + written(parts[i - 1]!) + literal));

/** A link where it leads to the web, its words alone where it does not. */
export const link = (url: string, label: string): Html =>
  /^https?:\/\//i.test(url) ? html`<a href="${url}" rel="noreferrer">${label}</a>` : html`${label}`;
