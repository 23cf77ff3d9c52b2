import { type Command, Option } from 'commander';
import { between, run } from './options.ts';

const scopes = ['admin', 'agent', 'customer'];

export function addKnowledge(program: Command): void {
  const knowledge = program.command('knowledge').description('the documents that answers are made from');
  const load = () => import('./knowledge.ts');
  knowledge
    .command('add')
    .description('take files in (.md, .txt, .html, .pdf, .docx); one of the same name is replaced')
    .argument('<files...>')
    .option('--json', 'the documents as JSON lines')
    .action((files: string[], { json }) =>
      run(async (terminal) => (await load()).addDocuments(files, json === true, terminal)),
    );
  knowledge
    .command('remove')
    .description('take out files that were added; those of the folder go with a sync')
    .argument('<names...>', 'as knowledge list shows them')
    .action((names: string[]) => run(async (terminal) => (await load()).removeDocuments(names, terminal)));
  knowledge
    .command('sync')
    .description('make the documents equal to a folder (DOCUMENTS_PATH unless one is named)')
    .argument('[folder]')
    .option('--json', 'what was done, as JSON')
    .action((folder: string | undefined, { json }) =>
      run(async (terminal) => (await load()).syncDocuments(folder, json === true, terminal)),
    );
  knowledge
    .command('search')
    .description('the passages that answer a question, best first')
    .argument('<words>')
    .addOption(new Option('--limit <number>', 'passages at most').argParser(between(1, 50)).default(5))
    .option('--category <name>', 'only documents of this category')
    .addOption(new Option('--language <language>', 'of the question').choices(['en', 'de']))
    .option('--json', 'passages as JSON lines')
    .action((words: string, options) =>
      run(async (terminal) => (await load()).searchDocuments(words, options, terminal)),
    );
  knowledge
    .command('reindex')
    .description('build the semantic index anew; the present one answers until then')
    .action(() => run(async (terminal) => (await load()).reindexKnowledge(terminal)));
  knowledge
    .command('list')
    .description('all documents')
    .option('--json', 'documents as JSON lines')
    .action(({ json }) => run(async (terminal) => (await load()).listDocuments(json === true, terminal)));
  knowledge.addHelpText(
    'after',
    `
Examples:
  signalbox knowledge sync ./documents
  signalbox knowledge search "refund of the Panel" --limit 3`,
  );
}

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('who may call the HTTP interface from other machines');
  const load = () => import('./keys.ts');
  keys
    .command('add')
    .description('make a key; it is shown once')
    .argument('<name>', 'the actor in every audit row')
    .addOption(new Option('--scope <scope>', 'what it may do').choices(scopes).makeOptionMandatory())
    .action((name: string, { scope }) => run(async (terminal) => (await load()).addKey(name, scope, terminal)));
  keys
    .command('list')
    .description('names and scopes')
    .option('--json', 'as JSON lines')
    .action(({ json }) => run(async (terminal) => (await load()).listKeys(json === true, terminal)));
  keys
    .command('revoke')
    .description('let a key in no longer')
    .argument('<name>')
    .action((name: string) => run(async (terminal) => (await load()).revokeKey(name, terminal)));
  keys.addHelpText('after', '\nExample:\n  signalbox keys add till-7 --scope agent');
}

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at everything a start needs, and say what to do')
    .option('--json', 'checks as JSON lines')
    .addHelpText(
      'after',
      '\nEach line says ok, attention or problem; with a problem the exit code is 1.\n\nExamples:\n  signalbox doctor\n  signalbox doctor --json | grep problem',
    )
    .action(({ json }) => run(async (terminal) => (await import('./doctor.ts')).doctor(json === true, terminal)));
}

export function addWorkflow(program: Command): void {
  program
    .command('workflow')
    .description('the steps of a ticket, drawn from the code')
    .option('--mermaid', 'as a Mermaid flow chart (the only form)')
    .addHelpText('after', '\nExample:\n  signalbox workflow --mermaid > workflow.mmd')
    .action(() => run(async (terminal) => (await import('./workflow.ts')).workflow(terminal)));
}
