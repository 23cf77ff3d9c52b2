import { describe, expect, it } from 'vitest';
import { stubModel, temporaryFolder, writeFiles } from '../../../tests/support/embedding-stub.ts';
import { identifyModel, inspectModelFolder } from './model-folder.ts';

function folderWith(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const folder = temporaryFolder();
  const files = Object.entries({ ...stubModel(), ...changes }).filter(([, content]) => content !== undefined);
  writeFiles(folder, Object.fromEntries(files) as Record<string, string>);
  return folder;
}

const refusal = (message: RegExp) =>
  expect.objectContaining({ code: 'model-invalid', message: expect.stringMatching(message) });
const inspect = (changes: Readonly<Record<string, string | undefined>>) => () =>
  inspectModelFolder({ folder: folderWith(changes) });

describe('inspectModelFolder', () => {
  it('takes what the files say: pooling, length, case', () => {
    const folder = folderWith({
      '1_Pooling/config.json': '{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}',
      'sentence_bert_config.json': '{"max_seq_length": 12, "do_lower_case": true}',
      'modules.json':
        '[{"type": "sentence_transformers.models.Transformer"}, {"type": "sentence_transformers.models.Normalize"}]',
    });
    expect(inspectModelFolder({ folder })).toMatchObject({ pooling: 'cls', maxTokens: 12, lowerCase: true });
    expect(inspectModelFolder({ folder, pooling: 'mean', maxTokens: 5 })).toMatchObject({
      pooling: 'mean',
      maxTokens: 5,
    });
  });

  it('never reads more tokens than the model has places for', () => {
    expect(inspectModelFolder({ folder: folderWith(), maxTokens: 400 }).maxTokens).toBe(16);
    const roberta = folderWith({ 'config.json': '{"model_type": "xlm-roberta", "max_position_embeddings": 514}' });
    expect(inspectModelFolder({ folder: roberta }).maxTokens).toBe(512);
    const tokeniser = folderWith({ 'tokenizer_config.json': '{"model_max_length": 8}' });
    expect(inspectModelFolder({ folder: tokeniser }).maxTokens).toBe(8);
  });

  it('knows the newer form of the pooling file', () => {
    expect(inspect({ '1_Pooling/config.json': '{"pooling_mode": "cls"}' })().pooling).toBe('cls');
  });

  it('takes the 8-bit model alone, or when asked', () => {
    const both = folderWith({ 'onnx/model_quantized.onnx': 'x' });
    expect(inspectModelFolder({ folder: both }).modelFile).toMatch(/model\.onnx$/);
    expect(inspectModelFolder({ folder: both, weights: 'quantised' }).modelFile).toMatch(/model_quantized\.onnx$/);
    const alone = folderWith({ 'onnx/model.onnx': undefined, 'model_quantized.onnx': 'x' });
    expect(inspectModelFolder({ folder: alone }).modelFile).toMatch(/model_quantized\.onnx$/);
  });

  it.each(['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'])(
    'says that %s is missing',
    (file) => {
      expect(inspect({ [file]: undefined })).toThrow(refusal(new RegExp(`${file.replace('.', '\\.')} is missing`)));
    },
  );

  it('names the export for weights that are not ONNX', () => {
    expect(inspect({ 'onnx/model.onnx': undefined, 'model.safetensors': 'x' })).toThrow(
      refusal(/safetensors.*optimum-cli/),
    );
  });

  it('says that there is no folder', () => {
    expect(() => inspectModelFolder({ folder: '/there/is/none' })).toThrow(refusal(/no such folder/));
  });

  it('refuses what would give other vectors without a word', () => {
    expect(inspect({ 'modules.json': '[{"type": "sentence_transformers.models.Dense"}]' })).toThrow(refusal(/Dense/));
    expect(inspect({ '1_Pooling/config.json': '{"pooling_mode_max_tokens": true}' })).toThrow(refusal(/asks for max;/));
    expect(inspect({ '1_Pooling/config.json': '{"pooling_mode": "lasttoken"}' })).toThrow(refusal(/lasttoken/));
    const alone = '{"pre_tokenizer": {"type": "Whitespace"}}';
    const inside = '{"pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Whitespace"}]}}';
    for (const rule of [alone, inside]) expect(inspect({ 'tokenizer.json': rule })).toThrow(refusal(/umlauts/));
  });

  it('refuses files that are no JSON, or none of the expected form', () => {
    expect(inspect({ 'config.json': '{' })).toThrow(refusal(/config\.json cannot be read/));
    expect(inspect({ 'tokenizer.json': 'words' })).toThrow(refusal(/tokenizer\.json cannot be read/));
    expect(inspect({ 'sentence_bert_config.json': '{"max_seq_length": -3}' })).toThrow(refusal(/sentence_bert_config/));
  });
});

describe('identifyModel', () => {
  it('is the same for the same files elsewhere, and another for other weights, tokens or settings', async () => {
    const identify = (
      changes: Readonly<Record<string, string>>,
      settings: { pooling?: 'cls'; maxTokens?: number } = {},
    ) => identifyModel({ ...inspectModelFolder({ folder: folderWith(changes), ...settings }), name: 'm' });
    const id = await identify({});
    expect(id).toMatch(/^m@[0-9a-f]{12}$/);
    expect(await identify({})).toBe(id);
    const others = await Promise.all([
      identify({ 'onnx/model.onnx': 'other' }),
      identify({ 'onnx/model.onnx_data': 'weights beside the graph' }),
      identify({ 'tokenizer.json': '{"other": 1}' }),
      identify({}, { pooling: 'cls' }),
      identify({}, { maxTokens: 7 }),
    ]);
    expect(new Set([id, ...others]).size).toBe(6);
  });
});
