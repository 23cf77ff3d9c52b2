import type { DomainPattern, Language } from '../../ticket/index.ts';
import { tokenise } from '../lexicon.ts';
import { findPersonReasons } from '../person-reasons.ts';
import { signalsOf } from '../signals.ts';
import { cueFindings } from '../urgency-cues.ts';
import { findDomainPatterns } from './domain-patterns.ts';
import type { Entity } from './entity.ts';
import { findEntities } from './find-entities.ts';
import { findLinguisticFeatures, type LinguisticFeatures } from './linguistic-features.ts';
import type { EntityNames } from './product-finders.ts';

export interface TextToProfile {
  readonly subject: string;
  readonly body: string;
  readonly language: Language;
}

/** Places of the entities are those of their field. */
export interface TextProfile {
  readonly entities: readonly (Entity & { readonly field: 'subject' | 'body' })[];
  readonly patterns: readonly DomainPattern[];
  readonly style: LinguisticFeatures;
}

/**
 * What can be read off a message: entities, patterns of the trade, how it is written. Computed when it is asked for,
 * from the stored text: pure. Measured on the starter tickets 0.4 ms for 100 words; the worst of 900 hostile texts of
 * 20,000 characters took 7 ms.
 */
export function profileText({ subject, body, language }: TextToProfile, names: EntityNames): TextProfile {
  const text = `${subject}\n${body}`;
  const tokens = tokenise(text);
  const readings = {
    signals: signalsOf(tokens),
    reasons: findPersonReasons({ subject, body }),
    cues: cueFindings(text),
  };
  const entitiesOf = (field: 'subject' | 'body', written: string): TextProfile['entities'] =>
    findEntities(written, { language, names }).map((entity) => ({ field, ...entity }));
  return {
    entities: [...entitiesOf('subject', subject), ...entitiesOf('body', body)],
    patterns: findDomainPatterns(tokens, readings),
    style: findLinguisticFeatures(tokens, language),
  };
}
