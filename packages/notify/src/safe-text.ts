/**
 * Text from outside as one line of at most `most` characters: control characters and line breaks become spaces, marks that
 * turn the reading direction go, lone surrogates become U+FFFD.
 */
export function oneLine(text: string, most: number): string {
  // Cut before cleaning: a name of megabytes costs no more than a long one.
  const clean = text
    .slice(0, most * 8)
    .toWellFormed()
    .replace(/[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const characters = [...clean.slice(0, most * 2 + 2)];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : clean;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for an HTML element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

/** HTML that is safe to insert: made by `html` only. */
export type Html = { readonly html: string };

/** HTML whose inserted texts are escaped; what `html` made itself, and lists of it, stays. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  let text = parts[0] ?? '';
  values.forEach((value, index) => {
    text += htmlOf(value) + (parts[index + 1] ?? '');
  });
  return { html: text };
}

function htmlOf(value: string | number | Html | readonly Html[]): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if ('html' in value) return value.html;
  return value.map((item) => item.html).join('');
}
