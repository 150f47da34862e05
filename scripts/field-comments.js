// Declarations that are inferred from zod schemas come without the comments on their fields: this puts them back.
import { readFileSync, writeFileSync } from 'node:fs';

const SCHEMA = /const (\w+) = z\.\w+\((?:\w+, )?\{\n([\s\S]*?)\n\}/g;
const COMMENTED_FIELD = /^ {2}(\/\*\*[\s\S]*?\*\/)\n {2}(\w+):/gm;
const DECLARED = /^export declare const (\w+): z\.ZodMini\w+<\{\n[\s\S]*?^\}/gm;

/**
 * The comments on the fields of each schema in a source.
 * @param {string} source
 * @returns {Map<string, Map<string, string>>} By the schema's name, by the field's name.
 */
function readComments(source) {
  const schemas = new Map();
  for (const [, name, body] of source.matchAll(SCHEMA)) {
    schemas.set(name, new Map([...body.matchAll(COMMENTED_FIELD)].map(([, comment, field]) => [field, comment])));
  }
  return schemas;
}

/**
 * Copies the comments on schema fields from a source into its declarations.
 * @param {string} source Path of the `.ts` file.
 * @param {string} declarations Path of its `.d.ts` file, which is changed.
 */
export function copyFieldComments(source, declarations) {
  const schemas = readComments(readFileSync(source, 'utf8'));
  const text = readFileSync(declarations, 'utf8').replace(DECLARED, (declaration, name) =>
    declaration.replace(/^ {4}(\w+):/gm, (line, field) => {
      const comment = schemas.get(name)?.get(field);
      return comment ? `    ${comment.replaceAll('\n', '\n  ')}\n${line}` : line;
    }),
  );
  writeFileSync(declarations, text);
}
