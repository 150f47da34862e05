/** Text search configurations of Postgres by ISO 639-1 code. Others are searched without word forms. */
const CONFIGS: Readonly<Record<string, string>> = {
  ar: 'arabic',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  hi: 'hindi',
  hu: 'hungarian',
  id: 'indonesian',
  it: 'italian',
  nl: 'dutch',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
};

/** What Postgres reads a text with, by its language (BCP 47). */
export const toSearchConfig = (language: string | null): string =>
  CONFIGS[language?.split('-')[0]?.toLowerCase() ?? ''] ?? 'simple';
