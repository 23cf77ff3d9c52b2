import type { LanguageTopics, TopicModel } from './topics.ts';
import { TopicVectoriser } from './topics-vocabulary.ts';
import { readTopicWords } from './topics-words.ts';

export interface TopicShare {
  /** Number of the topic in its model, from 0. */
  readonly topic: number;
  /** In (0, 1]; the shares of a ticket sum to at most 1. */
  readonly share: number;
  readonly words: readonly string[];
}

/** A topic with a smaller share is not worth a word. */
const smallestShare = 0.1;

/** Says what a ticket is about by a learned model. Holds look-up tables, so make one and keep it. */
export class TopicReader {
  /** Number of topics, all languages together. */
  readonly topics: number;
  private readonly parts: readonly {
    readonly from: number;
    readonly learned: LanguageTopics;
    readonly vectoriser: TopicVectoriser;
  }[];

  constructor(model: TopicModel) {
    let from = 0;
    this.parts = model.languages.map((learned) => {
      const part = { from, learned, vectoriser: new TopicVectoriser(learned.vocabulary) };
      from += learned.words.length;
      return part;
    });
    this.topics = from;
  }

  /**
   * One number a topic, in [0,1], summing to 1: how much of what the text says the topic explains. All zero when no
   * word is known. Only topics of the text's own language take part. About 0.1 ms a ticket.
   */
  shares(text: string): Float32Array {
    const out = new Float32Array(this.topics);
    const { words, language } = readTopicWords(text);
    const part = this.parts.find(({ learned }) => learned.language === language) ?? this.parts[0];
    if (part === undefined) return out;
    const { weigher, words: topics } = part.learned;
    const shares = out.subarray(part.from, part.from + topics.length);
    weigher.weigh(part.vectoriser.vectorise(words), shares);
    let total = 0;
    for (let k = 0; k < shares.length; k++) {
      // A weight counts in units of its topic's length.
      shares[k] = shares[k]! * Math.sqrt(weigher.products[k * shares.length + k]!);
      total += shares[k]!;
    }
    if (total > 0) for (let k = 0; k < shares.length; k++) shares[k] = shares[k]! / total;
    return out;
  }

  /** The topics of a text with a share of at least a tenth, the largest first; at most `most`. */
  read(text: string, most = 3): TopicShare[] {
    const words = this.parts.flatMap(({ learned }) => learned.words);
    return Array.from(this.shares(text), (share, topic) => ({ topic, share, words: words[topic]! }))
      .filter(({ share }) => share >= smallestShare)
      .sort((a, b) => b.share - a.share || a.topic - b.topic)
      .slice(0, most);
  }
}
