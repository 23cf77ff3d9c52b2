/**
 * A process that builds an index and stands still in the third batch of it, so that it can be killed there: url and
 * data folder are its arguments. It says `stuck` when two batches are stored.
 */
import { openKnowledgeProcess, stubSettings } from './semantic.ts';
import { stubEmbedder } from './stub-embedder.ts';

const [url = '', dataFolder = ''] = process.argv.slice(2);
const stub = stubEmbedder('stub-2');
const embed = stub.embed.bind(stub);
let batches = 0;
stub.embed = async (texts, options) => {
  if (texts.length > 1 && ++batches === 3) {
    process.stdout.write('stuck\n');
    await new Promise(() => undefined);
  }
  return embed(texts, options);
};
const { semantic } = await openKnowledgeProcess(url, {
  settings: stubSettings('openai', { openai: stub }),
  dataFolder,
});
await semantic.build();
setInterval(() => undefined, 1_000);
