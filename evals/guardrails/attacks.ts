import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../../shared/data/prompt-injection');

export const hasAttackData = (): boolean => existsSync(join(folder, 'valid.json'));

interface Row {
  readonly prompt: string;
  readonly label: 0 | 1;
  readonly source: string;
}

const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;

/** Each attack once, with where it comes from. */
export function readAttacks(): { readonly source: string; readonly text: string }[] {
  const rows = read<Row[]>('valid.json').filter(({ label }) => label === 1);
  const bipia = read<Record<string, string[]>>('bipia_text_attack_train.json');
  return [
    ...rows.map(({ source, prompt }) => ({ source, text: prompt })),
    ...Object.values(bipia).flatMap((texts) => texts.map((text) => ({ source: 'bipia_text_train', text }))),
  ];
}

/** Harmless texts: `look-alike` those that use the words of attacks, `other` prose, chats and documents. */
export function readHarmless(): { readonly kind: 'look-alike' | 'other'; readonly text: string }[] {
  const rows = read<Row[]>('valid.json').filter(({ label }) => label === 0);
  const one = read<{ readonly prompt: string }[]>('NotInject_one.json');
  return [
    ...one.map(({ prompt }) => ({ kind: 'look-alike' as const, text: prompt })),
    ...rows.map(({ source, prompt }) => ({
      kind: source.startsWith('NotInject') ? ('look-alike' as const) : ('other' as const),
      text: prompt,
    })),
  ];
}

/** Bodies of mails as people get them. */
export function readMails(): string[] {
  return readFileSync(join(folder, 'bipia_email_train.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => (JSON.parse(line) as { context: string }).context);
}
