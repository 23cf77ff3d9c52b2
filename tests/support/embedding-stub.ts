import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/**
 * A stand-in for the optional packages, and model folders for it, so that the whole way of a text (thread, tokens,
 * padding, pooling) is tested without 480 MB. A token is a character; its state is [code, 1, place, 0]; states of
 * padding are noise that must never be seen.
 */
const transformers = `
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
exports.env = { allowRemoteModels: true, useFSCache: true, remoteHost: 'http://127.0.0.1:1/', remotePathTemplate: '{model}/resolve/{revision}/' };
exports.AutoTokenizer = {
  async from_pretrained(folder) {
    if (JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')).unknown) throw new Error('no such tokeniser');
    const codes = (text) => [...text].map((character) => character.codePointAt(0));
    return { pad_token_id: 0, encode: (text, options) => options?.add_special_tokens === false ? codes(text) : [1, ...codes(text), 2] };
  },
};
`;

const runtime = `
const { readFileSync } = require('node:fs');
exports.Tensor = class { constructor(type, data, dims) { Object.assign(this, { type, data, dims }); } };
exports.InferenceSession = {
  async create(file) {
    const { inputs, output } = JSON.parse(readFileSync(file, 'utf8'));
    return { inputNames: inputs, outputNames: [output], release: async () => {}, run: (feeds) => run(feeds, output) };
  },
};
async function run({ input_ids, attention_mask }, output) {
  const [rows, width] = input_ids.dims;
  const text = String.fromCodePoint(...Array.from(input_ids.data, Number));
  if (text.includes('☠')) process.exit(3);
  if (text.includes('⏳')) await new Promise(() => {});
  if (text.includes('⚡')) throw new Error('Non-zero status code\\nsecond line');
  const data = new Float32Array(rows * width * 4);
  for (let i = 0; i < rows * width; i++)
    data.set(attention_mask.data[i] === 1n ? [Number(input_ids.data[i]), 1, i % width, 0] : [NaN, 7e9, 1, 5], i * 4);
  return { [output]: new exports.Tensor('float32', data, [rows, width, 4]) };
}
`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Removed after the tests of the file that asks for it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'embedding-'));
  folders.push(folder);
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** A folder for `packageFolder`. */
export function stubPackages(): string {
  const folder = temporaryFolder();
  writeFiles(folder, {
    'node_modules/@huggingface/transformers/index.js': transformers,
    'node_modules/onnxruntime-node/index.js': runtime,
  });
  return folder;
}

/** The files of a model for the stand-in. */
export function stubModel(inputs: readonly string[] = ['input_ids', 'attention_mask'], output = 'last_hidden_state') {
  return {
    'config.json': JSON.stringify({ model_type: 'bert', max_position_embeddings: 16 }),
    'tokenizer.json': '{}',
    'tokenizer_config.json': '{}',
    'onnx/model.onnx': JSON.stringify({ inputs, output }),
  };
}
