/**
 * Vectors beside those of sentence-transformers for the same texts: the smallest cosine has to be above 0.999.
 * Prints JSON; leaves out what is not there.
 *
 *   node evals/embedding/agreement.ts --model FOLDER [--package FOLDER] [--python PYTHON] [--torch FOLDER]
 *
 * --torch: the folder with the weights as PyTorch has them, when --model holds the ONNX file only.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { modelOptions, openModel } from './open-model.ts';

const { values } = parseArgs({
  options: { ...modelOptions, python: { type: 'string', default: 'python3' }, torch: { type: 'string' } },
});

const long = 'Die Anmeldung schlägt seit heute früh fehl, the login page shows error 502. ';
const groups: Record<string, readonly string[]> = {
  english: [
    'My printer on the third floor is broken.',
    'I was charged twice for my October invoice, please refund one of them.',
    'How do I reset my password?',
    'The VPN drops every ten minutes since the update to 4.2.1!',
    'Please cancel my subscription and confirm in writing.',
    'WHERE IS MY ORDER #4711-22???',
    "It doesn't work. Nothing works. I'm done.",
    'Could you send me the contract as a PDF, thanks :-)',
    'Server returns HTTP 503 / upstream timed out (110)',
    'naïve café résumé – “quoted” … emoji 🙂🙂',
  ],
  german: [
    'Mein Drucker im dritten Stock ist kaputt.',
    'Die Rechnung für Oktober wurde doppelt abgebucht, bitte erstatten Sie einen Betrag.',
    'Wie setze ich mein Passwort zurück?',
    'Seit dem Update auf 4.2.1 bricht das VPN alle zehn Minuten ab!',
    'Bitte kündigen Sie mein Abonnement und bestätigen Sie das schriftlich.',
    'WO BLEIBT MEINE BESTELLUNG Nr. 4711-22???',
    'Es geht nicht. Gar nichts geht. Mir reicht es.',
    'Könnten Sie mir den Vertrag als PDF schicken, danke :-)',
    'Donaudampfschifffahrtsgesellschaftskapitänsmütze in Größe 58 fehlt in der Lieferung.',
    'Grüße aus Köln, Straße und Hausnummer bitte ändern: Weißenburger Str. 12',
  ],
  'longer than the model reads': [long.repeat(20), long.repeat(260), 'wort '.repeat(400)],
  'of one token or none': ['', '?', '  \n ', '漢字'],
};

function cosine(a: Float32Array, b: readonly number[]): number {
  let dot = 0;
  for (let d = 0; d < a.length; d++) dot += a[d]! * b[d]!;
  return dot;
}

const embedder = await openModel(values);
if (embedder !== null) {
  const texts = Object.values(groups).flat();
  const ours = await embedder.embed(texts);
  const peer = spawnSync(values.python, [join(import.meta.dirname, 'reference.py')], {
    input: JSON.stringify({ folder: values.torch ?? values.model, texts }),
    maxBuffer: 1 << 26,
    encoding: 'utf8',
  });
  if (peer.status !== 0) {
    const why = peer.error?.message ?? peer.stderr.trim().split('\n').at(-1);
    console.log(JSON.stringify({ skipped: `sentence-transformers did not run: ${why}` }));
  } else {
    const { vectors } = JSON.parse(peer.stdout) as { vectors: readonly (readonly number[])[] };
    let row = 0;
    const smallest = Object.entries(groups).map(([name, { length }]) => {
      const cosines = Array.from({ length }, (_, i) => {
        const at = (row + i) * embedder.dimension;
        return cosine(ours.subarray(at, at + embedder.dimension), vectors[row + i]!);
      });
      row += length;
      return [name, { texts: length, smallestCosine: Math.min(...cosines) }];
    });
    console.log(JSON.stringify({ id: embedder.id, ...Object.fromEntries(smallest) }, null, 2));
  }
  await embedder.close();
}
