import type { TriageReport } from './report-shape.ts';
import { drawSvg, drawWords, escapeXml, round, shorten } from './svg.ts';

/** More categories than this make squares too small to read: the pairs mixed up most are drawn instead. */
const mostInSquares = 80;
/** Up to so many, the squares hold their numbers. */
const mostWithNumbers = 20;
const mostPairs = 40;
const longestName = 32;

/** What was expected against what the model said. */
export function drawConfusion(report: TriageReport): string {
  return report.classes.length > mostInSquares ? drawPairs(report) : drawSquares(report);
}

interface Grid {
  readonly cell: number;
  readonly left: number;
  readonly top: number;
  readonly numbers: boolean;
}

function gridFor(classes: readonly { label: string }[]): Grid {
  const numbers = classes.length <= mostWithNumbers;
  const longest = Math.max(...classes.map(({ label }) => shorten(label, longestName).length), 6);
  const cell = numbers ? 40 : 14;
  const room = longest * (numbers ? 7.6 : 6) + 16;
  return { cell, left: 40 + room, top: 84 + room * (numbers ? 0.75 : 0.9), numbers };
}

function drawSquares(report: TriageReport): string {
  const classes = [...report.classes].sort((a, b) => (a.label < b.label ? -1 : 1));
  const grid = gridFor(classes);
  const { cell, left, top } = grid;
  const side = cell * classes.length;
  const width = Math.max(480, Math.ceil(left + side + (grid.numbers ? 110 : 90)));
  const place = new Map(classes.map(({ label }, i) => [label, i]));
  const squares = classes.map((one, i) => {
    const right = Math.round(one.recall * one.rows);
    return right === 0
      ? ''
      : drawSquare(grid, { t: i, p: i, rows: right, of: one.rows, names: [one.label, one.label] });
  });
  for (const { expected, found, rows } of report.mixedUp) {
    const [t, p] = [place.get(expected)!, place.get(found)!];
    squares.push(drawSquare(grid, { t, p, rows, of: classes[t]!.rows, names: [expected, found] }));
  }
  return drawSvg({
    width,
    height: Math.ceil(top + side + 40),
    title: 'What was right, and what the model said',
    description: describe(report),
    content: [
      heading(
        report,
        'Rows: the right category. Columns: what the model said. Orange is wrong; the stronger, the more of the row.',
      ),
      `<rect x="${left}" y="${round(top)}" width="${side}" height="${side}" class="line"/>`,
      ...classes.map(({ label, rows }, i) => drawNames(grid, { label, rows, i, side })),
      ...squares,
      drawWords({ x: left + side / 2, y: top + side + 26, words: 'what the model said', look: 'soft middle' }),
      drawWords({ x: 22, y: top + side / 2, words: 'the right category', look: 'soft middle', turned: -90 }),
    ].join('\n'),
  });
}

function drawNames(grid: Grid, { label, rows, i, side }: { label: string; rows: number; i: number; side: number }) {
  const { cell, left, top, numbers } = grid;
  const small = numbers ? '' : ' small';
  const middle = (i + 0.5) * cell + (numbers ? 5 : 4);
  const name = shorten(label, longestName);
  return [
    drawWords({ x: left - 8, y: top + middle, words: name, look: `end${small}` }),
    drawWords({ x: left + middle, y: top - 8, words: name, look: small.trim(), turned: -50 }),
    drawWords({ x: left + side + 8, y: top + middle, words: `n = ${rows.toLocaleString('en')}`, look: `soft${small}` }),
  ].join('\n');
}

interface Square {
  readonly t: number;
  readonly p: number;
  readonly rows: number;
  /** Rows of the right category. */
  readonly of: number;
  readonly names: readonly [expected: string, found: string];
}

/** From this share on the ink is so dark that words on it are light. */
const darkFrom = 0.65;

function drawSquare({ cell, left, top, numbers }: Grid, { t, p, rows, of, names }: Square): string {
  const share = of === 0 ? 1 : rows / of;
  const [x, y] = [left + p * cell, top + t * cell];
  // A single row must be seen, too.
  const ink = round(Math.max(0.08, share));
  const told = `${names[0]} → ${names[1]}: ${rows} of ${of}`;
  const box = `<rect x="${round(x + 0.5)}" y="${round(y + 0.5)}" width="${cell - 1}" height="${cell - 1}" class="${t === p ? 'right' : 'wrong'}" fill-opacity="${ink}"><title>${escapeXml(told)}</title></rect>`;
  if (!numbers) return box;
  const words = rows >= 10_000 ? `${Math.round(rows / 1000)}k` : String(rows);
  const look = share >= darkFrom ? 'middle on' : 'middle';
  return `${box}\n${drawWords({ x: x + cell / 2, y: y + cell / 2 + 5, words, look })}`;
}

/** The pairs mixed up most, as bars. */
function drawPairs(report: TriageReport): string {
  const pairs = report.mixedUp.slice(0, mostPairs);
  const most = pairs[0]?.rows ?? 1;
  const [left, room] = [440, 240];
  const bars = pairs.map(({ expected, found, rows }, i) => {
    const y = 78 + i * 22;
    const words = `${shorten(expected, 28)} → ${shorten(found, 28)}`;
    return [
      drawWords({ x: left - 10, y: y + 13, words, look: 'end' }),
      `<rect x="${left}" y="${y}" width="${round((room * rows) / most)}" height="16" class="wrong"><title>${escapeXml(`${expected} → ${found}: ${rows}`)}</title></rect>`,
      drawWords({ x: left + (room * rows) / most + 6, y: y + 13, words: rows.toLocaleString('en'), look: 'soft' }),
    ].join('\n');
  });
  return drawSvg({
    width: left + room + 70,
    height: 96 + 22 * Math.max(1, pairs.length),
    title: 'Categories that are mixed up most',
    description: describe(report),
    content: [
      heading(report, `The right category → what the model said, tickets; the ${pairs.length} worst pairs.`),
      ...bars,
    ].join('\n'),
  });
}

function heading(report: TriageReport, words: string): string {
  const { rows } = report.figures;
  return [
    drawWords({ x: 20, y: 28, words: 'Where it is right and where it errs', look: 'heading' }),
    drawWords({
      x: 20,
      y: 48,
      words: `n = ${rows.toLocaleString('en')} tickets, ${report.classes.length} categories.`,
      look: 'soft',
    }),
    drawWords({ x: 20, y: 65, words, look: 'soft' }),
  ].join('\n');
}

function describe({ figures, mixedUp }: TriageReport): string {
  const worst = mixedUp.slice(0, 10).map(({ expected, found, rows }) => `${expected} taken for ${found} ${rows} times`);
  const errors = worst.length === 0 ? 'Nothing was mixed up.' : `Mixed up most: ${worst.join('; ')}.`;
  return `Of ${figures.rows} tickets ${Math.round(figures.accuracy * figures.rows)} are in the right category. ${errors}`;
}
