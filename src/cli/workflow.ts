import { drawWorkflow } from '../pipeline.ts';
import type { Terminal } from './terminal.ts';

/** `signalbox workflow --mermaid`: the steps as the code has them. */
export async function workflow(terminal: Terminal): Promise<number> {
  await terminal.write(`${drawWorkflow()}\n`);
  return 0;
}
