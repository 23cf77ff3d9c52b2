// The walls of docs/architecture: a room looks left only, and only through the other room's index.ts.
const rooms = [
  'ticket',
  'ml',
  'platform',
  'intake',
  'triage',
  'knowledge',
  'answering',
  'policy',
  'routing',
  'audit',
  'learning',
  'api',
];

const leftOnly = rooms.slice(0, -1).map((room, i) => ({
  name: `${room}-looks-left-only`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${rooms.slice(i + 1).join('|')})/` },
}));

const frontDoors = rooms.map((room) => ({
  name: `${room}-through-its-front-door`,
  severity: 'error',
  comment: 'api/contract is the second front door of api: the console reads it',
  from: { path: '^(src|bench|scripts|console)/', pathNot: `^src/${room}/` },
  to: { path: `^src/${room}/`, pathNot: `^src/${room}/(index|contract/[^/]+)\\.ts$` },
}));

/** Stations share types and the vocabulary, never calls: only the pipeline calls them. */
const stations = ['triage', 'knowledge', 'answering', 'policy', 'routing'];
const stationsApart = stations.map((room) => ({
  name: `${room}-calls-no-other-station`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${stations.filter((s) => s !== room).join('|')})/`, dependencyTypesNot: ['type-only'] },
}));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...leftOnly,
    ...frontDoors,
    ...stationsApart,
    {
      name: 'rooms-know-no-top-files',
      severity: 'error',
      from: { path: `^src/(${rooms.join('|')})/` },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'ml-is-mathematics',
      severity: 'error',
      comment: 'no room, no Node, no package; jax-js in one file of its own',
      from: { path: '^src/ml/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/ml/|node_modules/@jax-js/' },
    },
    {
      name: 'jax-js-only-in-the-neural-backend',
      severity: 'error',
      from: { path: '^(src|console|evals|bench|scripts)/', pathNot: '^src/ml/neural/backend(\\.test)?\\.ts$' },
      to: { path: 'node_modules/@jax-js/' },
    },
    {
      name: 'ticket-has-no-io',
      severity: 'error',
      from: { path: '^src/ticket/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'database-only-in-stores',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(platform/|[^/]+\\.ts$|[^/]+/(store|stores/[^/]+)\\.ts$)|\\.test\\.ts$' },
      to: { path: 'node_modules/(kysely|pg|pg-boss)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'console-sees-the-contract-only',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^src/', pathNot: '^src/api/contract/' },
    },
    {
      name: 'console-features-apart',
      severity: 'error',
      from: { path: '^console/features/([^/]+)/' },
      to: { path: '^console/features/', pathNot: '^console/features/$1/' },
    },
    {
      name: 'console-ui-knows-no-feature',
      severity: 'error',
      from: { path: '^console/(ui|lib)/' },
      to: { path: '^console/(app|features)/' },
    },
    {
      name: 'src-knows-no-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(tests|evals|bench|console)/' },
    },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependency-in-src',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
