/** ISO 639 as containers write it ("ger", "deu", "pt-BR") as BCP 47 ("de", "pt-BR"); null where it names no language. */
export function toLanguageTag(language: string | null): string | null {
  try {
    const [tag = 'und'] = Intl.getCanonicalLocales(language ?? 'und');
    return ['und', 'mul', 'zxx', 'mis'].includes(tag) ? null : tag;
  } catch {
    return null;
  }
}
