/** Tickets in two languages with two labels, as a CSV of our own words. */

const parts = {
  Rechnung: ['invoice', 'Rechnung', 'amount', 'Betrag', 'payment', 'Lastschrift'],
  Zugang: ['password', 'Passwort', 'login', 'Anmeldung', 'account', 'Konto'],
};
const places = ['at home', 'im Büro', 'since Monday', 'seit gestern', 'on my phone', 'am Laptop', 'again', 'wieder'];

/** Every text differs from the others in two words at least. */
export function labelled(from: number, to: number): string {
  const rows: string[] = [];
  for (let i = from; i < to; i++) {
    const label = i % 2 === 0 ? 'Rechnung' : 'Zugang';
    const words = parts[label];
    const text = `${words[i % 6]} ${words[(i + 2) % 6]} problem ${places[i % 8]} number ${i}`;
    rows.push(`${text},${label},g${Math.floor(i / 4)}`);
  }
  return `Anliegen,Art,Gruppe\n${rows.join('\n')}\n`;
}

export const reportFiles = ['confusion.svg', 'misread.csv', 'reliability.svg', 'report.json', 'report.md'];
