/** Only the wording counts: emphasis, spaces, capitals and the mark of a source are left out. */
export const plain = (text: string): string =>
  text
    .replace(/\*\*|`|\[\d+\]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,;:!?])/g, '$1')
    .trim()
    .toLowerCase();
