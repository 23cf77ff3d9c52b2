import { Fragment, type ReactNode } from 'react';

/** Text of a document with its bold words as bold words; any other Markdown stays as written. */
export function Marked({ text }: { text: string }): ReactNode {
  return text.split(/\*\*(.+?)\*\*/g).map((part, index) => {
    const key = `${index} ${part}`;
    return index % 2 === 1 ? <strong key={key}>{part}</strong> : <Fragment key={key}>{part}</Fragment>;
  });
}
