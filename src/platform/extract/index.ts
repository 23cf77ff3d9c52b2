export { type ExtractOptions, extractText, tooLarge } from './extract-text.ts';
export { checkZip, listZip, type ZipProblem } from './read-zip.ts';
export {
  type Extraction,
  extractLimits,
  type FileToRead,
  type PageStart,
  type ReadableType,
  readableTypeOf,
  type Unreadable,
} from './types.ts';
