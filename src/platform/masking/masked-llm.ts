import type { LlmPort, LlmResult, ObjectRequest, TextRequest, TextStream } from '../llm/index.ts';
import { createMasker, type Masker } from './create-masker.ts';

/** Said behind our own words once something was masked; models copy what they are told to copy. */
const advice =
  'Words in square brackets such as [EMAIL_1] or [PERSON_2] stand for values that you are not shown. Copy them exactly where you need the value, and invent none.';

/**
 * A language model to which no personal value goes out: each call masks its system and its prompt with one masker and
 * puts the values back in what comes in, in every string of an object and across the pieces of a stream.
 */
export function maskedLlm(llm: LlmPort): LlmPort {
  return {
    model: llm.model,
    check: () => llm.check(),
    async generateObject<T>(request: ObjectRequest<T>) {
      const { masker, masked } = maskRequest(request);
      return restore(await llm.generateObject({ ...masked, schema: request.schema }), masker);
    },
    async generateText(request, stream) {
      const { masker, masked } = maskRequest(request);
      if (stream === undefined) return restore(await llm.generateText(masked), masker);
      const unmasked = unmaskedStream(stream, masker);
      const result = await llm.generateText(masked, unmasked);
      if (result.ok) unmasked.end();
      return restore(result, masker);
    },
  };
}

function maskRequest(request: TextRequest): { masker: Masker; masked: TextRequest } {
  const masker = createMasker({ known: request.personal ?? [] });
  masker.learn(request.prompt);
  const system = masker.mask(request.system);
  const prompt = masker.mask(request.prompt);
  const { personal: _, ...rest } = request;
  return { masker, masked: { ...rest, system: masker.found.length === 0 ? system : `${system}\n\n${advice}`, prompt } };
}

function restore<T>(result: LlmResult<T>, masker: Masker): LlmResult<T> {
  if (!result.ok) return result;
  const value = unmaskStrings(result.value, masker) as T;
  const { unknownPlaceholders } = masker;
  return unknownPlaceholders.length === 0 ? { ...result, value } : { ...result, value, unknownPlaceholders };
}

/** Every string of a value, however deep; the names of its members stay. */
function unmaskStrings(value: unknown, masker: Masker): unknown {
  if (typeof value === 'string') return masker.unmask(value);
  if (Array.isArray(value)) return value.map((entry) => unmaskStrings(entry, masker));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, unmaskStrings(entry, masker)]));
}

function unmaskedStream(stream: TextStream, masker: Masker): TextStream & { end(): void } {
  let unmask = masker.unmaskStream();
  const tell = (text: string) => {
    if (text !== '') stream.onText(text);
  };
  return {
    onText: (piece) => tell(unmask.push(piece)),
    onRestart() {
      unmask = masker.unmaskStream();
      stream.onRestart();
    },
    end: () => tell(unmask.end()),
  };
}
