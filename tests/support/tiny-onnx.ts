/**
 * A real ONNX model of 16 words × 2 numbers, written byte by byte (protocol buffers, onnx.proto3): one Gather out of
 * a table. With the optional package at hand it tests the real runtime and tokeniser without any weights.
 */
const bytes = (...parts: readonly (number | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])));
/** Field with a length in front: a text, bytes, or a message. All lengths here are below 128, or two bytes. */
const field = (number: number, content: Uint8Array | string): Uint8Array => {
  const body = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const length = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7];
  return bytes((number << 3) | 2, ...length, body);
};
const integer = (number: number, value: number): Uint8Array => bytes(number << 3, value);

function valueInfo(name: string, type: number, dims: readonly string[]): Uint8Array {
  const shape = bytes(...dims.map((dim) => field(1, field(2, dim))));
  return bytes(field(1, name), field(2, field(1, bytes(integer(1, type), field(2, shape)))));
}

const float = 1;
const int64 = 7;

export function tinyOnnxModel(table: Float32Array, columns: number): Uint8Array {
  const node = bytes(field(1, 'table'), field(1, 'input_ids'), field(2, 'last_hidden_state'), field(4, 'Gather'));
  const weights = bytes(
    integer(1, table.length / columns),
    integer(1, columns),
    integer(2, float),
    field(8, 'table'),
    field(9, new Uint8Array(table.buffer)),
  );
  const graph = bytes(
    field(1, node),
    field(2, 'tiny'),
    field(5, weights),
    field(11, valueInfo('input_ids', int64, ['rows', 'width'])),
    field(12, valueInfo('last_hidden_state', float, ['rows', 'width', 'columns'])),
  );
  return bytes(integer(1, 8), field(8, bytes(field(1, ''), integer(2, 17))), field(7, graph));
}

/** Words are split at blanks; [CLS] 1 opens a text, [SEP] 2 closes it, 3 is any other word. */
export function tinyTokeniser(words: readonly string[]): Record<string, string> {
  const special = ['[PAD]', '[CLS]', '[SEP]', '[UNK]'];
  const vocab = Object.fromEntries([...special, ...words].map((word, id) => [word, id]));
  const placed = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const sequence = (id: string) => ({ Sequence: { id, type_id: 0 } });
  const tokeniser = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [placed('[CLS]'), sequence('A'), placed('[SEP]')],
      pair: [placed('[CLS]'), sequence('A'), placed('[SEP]'), sequence('B'), placed('[SEP]')],
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map((token) => [token, { id: token, ids: [vocab[token]], tokens: [token] }]),
      ),
    },
    decoder: null,
    model: { type: 'WordLevel', vocab, unk_token: '[UNK]' },
  };
  return {
    'tokenizer.json': JSON.stringify(tokeniser),
    'tokenizer_config.json': JSON.stringify({
      tokenizer_class: 'PreTrainedTokenizerFast',
      pad_token: '[PAD]',
      unk_token: '[UNK]',
    }),
    'config.json': JSON.stringify({ model_type: 'bert', max_position_embeddings: 6 }),
  };
}
