import { wilsonInterval } from '../../ml/index.ts';
import type { TriageReport } from './report-shape.ts';
import { drawLine, drawSvg, drawWords, round } from './svg.ts';

const plot = { left: 70, top: 74, size: 400 };
const width = 520;
const height = 560;

const xOf = (share: number) => plot.left + share * plot.size;
const yOf = (share: number) => plot.top + (1 - share) * plot.size;
const percent = (share: number) => `${Math.round(100 * share)} %`;

/** How often it is right, by how sure it says it is: on the diagonal a model means what it says. */
export function drawReliability(report: TriageReport): string {
  const { error, bins } = report.calibration.equalMass;
  const rows = report.figures.rows;
  const steps = bins.map(({ confidence, accuracy, count }) => {
    return `at ${percent(confidence)} confidence ${percent(accuracy)} right (n = ${count})`;
  });
  return drawSvg({
    width,
    height,
    title: 'How often the model is right, by how sure it says it is',
    description: `Reliability of ${rows} tickets in ${bins.length} bins of about equal size; expected calibration error ${error.toFixed(3)}. ${steps.join('; ')}.`,
    content: [
      drawWords({ x: 20, y: 28, words: 'Does it mean what it says?', look: 'heading' }),
      drawWords({
        x: 20,
        y: 48,
        words: `n = ${rows.toLocaleString('en')} tickets, calibration error ${error.toFixed(3)}; bars: 95 % of each bin`,
        look: 'soft',
      }),
      axes(),
      drawLine([xOf(0), yOf(0), xOf(1), yOf(1)], 'dashed'),
      ...bins.map(drawBin),
      drawWords({ x: xOf(0.03), y: yOf(0.94), words: 'above the line: right more often than it says', look: 'soft' }),
      drawWords({ x: xOf(0.97), y: yOf(0.03), words: 'below: right less often', look: 'soft end' }),
    ].join('\n'),
  });
}

function axes(): string {
  const lines: string[] = [];
  for (let step = 0; step <= 10; step += 2) {
    const at = step / 10;
    lines.push(drawLine([xOf(0), yOf(at), xOf(1), yOf(at)]), drawLine([xOf(at), yOf(0), xOf(at), yOf(1)]));
    lines.push(drawWords({ x: xOf(at), y: yOf(0) + 20, words: percent(at), look: 'soft middle' }));
    lines.push(drawWords({ x: xOf(0) - 8, y: yOf(at) + 4, words: percent(at), look: 'soft end' }));
  }
  lines.push(
    drawWords({ x: xOf(0.5), y: yOf(0) + 46, words: 'confidence it states (mean of the bin)', look: 'middle' }),
  );
  lines.push(drawWords({ x: 20, y: yOf(0.5), words: 'how often it is right', look: 'middle', turned: -90 }));
  return lines.join('\n');
}

function drawBin({ confidence, accuracy, count }: TriageReport['calibration']['equalMass']['bins'][number]): string {
  const { low, high } = wilsonInterval(Math.round(accuracy * count), count);
  const x = xOf(confidence);
  const dot = `<circle cx="${round(x)}" cy="${round(yOf(accuracy))}" r="4.5" class="right"><title>says ${percent(confidence)}, right ${percent(accuracy)}, n = ${count}</title></circle>`;
  return `${drawLine([x, yOf(low), x, yOf(high)], 'bar')}\n${dot}`;
}
