/**
 * Wordings of orders to the machine that hardly occur otherwise, in English and German. They hold for a sentence;
 * what is worded in other ways is left to the trained detector.
 */
export const isOrderByPattern = (sentence: string): boolean =>
  patterns.some((pattern) => pattern.test(sentence)) ||
  introduced.some(({ wording, within }) => wording.test(sentence) && within.test(sentence));

/** A line that poses as another speaker of a prompt. "System: Windows 11" is none. */
export const isRoleMarker = (line: string): boolean => roleMarkers.some((pattern) => pattern.test(line));

/** Whether a sentence speaks of what a machine does: answers, prompts, instructions, roles, code. */
export const namesMachine = (sentence: string): boolean => machine.test(sentence);

const machine =
  /\b(?:answers?|repl(?:y|ies)|respon[ds]\w*|outputs?|assistant|ai|\w*gpt|\w*bots?|language models?|prompts?|instructions?|ignore|disregard|forget|pretend|role ?play|simulate|code|snippet|encod\w+|secret|rules?|guidelines?)\b|(?<!\p{L})(?:antwort\p{L}*|erwider\p{L}*|ausgabe|ki|sprachmodell\p{L}*|anweisung\p{L}*|ignorier\p{L}*|missacht\p{L}*|vergiss|tu so|rolle|code\p{L}*|regeln|richtlinien|geheim\p{L}*)(?!\p{L})/iu;

const roleMarkers: readonly RegExp[] = [
  /<\|[\w ]{2,30}\|>|<\/?(?:system|assistant|im_start|im_end|instructions?|prompt)>|\[\/?(?:inst|system)\]|<<\/?sys>>/iu,
  /^\s*#{1,6}\s*(?:new |neue )?(?:instructions?|system ?prompt|system message|anweisung(?:en)?|systemanweisung)\b/iu,
  /^\W{0,8}(?:begin|end|start|beginn|ende|anfang)\b.{0,30}\b(?:prompt|instructions?|system message|user input|anweisungen)\b/iu,
];

const patterns: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,40}\b(?:previous|prior|above|earlier|all|any|your|the|these|those)\b.{0,30}\b(?:instructions?|rules?|prompts?|guidelines?|directions?|commands?|restrictions?|context|programming|training)\b/iu,
  /\b(?:reveal|print|show|repeat|output|display|leak|give me|tell me|what (?:is|are))\b.{0,40}\b(?:system ?prompt|initial prompt|hidden (?:prompt|instructions?)|your (?:own )?(?:prompt|instructions|rules|configuration)|developer message)\b/iu,
  /\byou are (?:now|no longer)\b|\bfrom now on,? (?:you|act|answer|respond|behave)\b/iu,
  /(?:^|[.:;,!] ?|\b(?:please|now|must|you) )(?:enter|enable|activate|switch (?:in)?to|engage) (?:the |your )?(?:\w+ )?(?:developer|debug|god|jailbreak|dan|sudo|admin\w*|unrestricted|free) mode\b|\bdo anything now\b/iu,
  /^\s*(?:system|assistant|developer)\s*:\s*(?:you|ignore|do not|never|always|from now|new instructions?|du|sie sind|ignorier|ab sofort|neue anweisung)/iu,
  /<\/?(?:system|assistant|instructions?|prompt|im_start|im_end)\b|\[\/?(?:inst|system)\]|<\|/iu,
  /(?<!\p{L})(?:ignorier\p{L}*|vergiss|vergessen sie|missachte\p{L}*|übergeh\p{L}*|umgeh\p{L}*)(?!\p{L}).{0,40}(?:anweisung|regel|vorgabe|instruktion|prompt|befehl|anleitung|einschränkung)/iu,
  /(?<!\p{L})(?:zeig\p{L}*|nenn\p{L}*|gib|geben sie|verrat\p{L}*|wiederhol\p{L}*|druck\p{L}*|wie lautet|wie lauten|was ist|was sind)(?!\p{L}).{0,40}(?:system-?prompt|systemanweisung|deine (?:anweisungen|regeln|vorgaben|instruktionen)|ihre (?:internen )?(?:anweisungen|instruktionen))/iu,
  /(?<!\p{L})(?:du bist (?:jetzt|nun|ab (?:jetzt|sofort))|sie sind (?:jetzt|nun|ab sofort) (?:ein|kein)|ab (?:jetzt|sofort) (?:antwortest|bist|verhältst|handelst|sprichst) du|tu so,? als|verhalte dich (?:wie|als)|spiele die rolle)/iu,
  /(?<!\p{L})(?:entwickler|debug|admin|wartungs)-?modus(?!\p{L}).{0,20}(?:aktiv|ein|wechs)/iu,
  /(?<!\p{L})(?:antworte|antworten sie|schreibe?|schreiben sie|sage?|sagen sie|gib) (?:nur |ausschließlich |genau |exakt |einfach )*(?:mit (?:dem (?:wort|satz|text)|["'„“])|den (?:satz|text) ["'„“:]|das wort|["'„“])/iu,
];

/**
 * Wordings that count only at the beginning of a clause or behind certain words. The wording alone is looked for
 * first: what may stand before it costs four times as much, because it can begin anywhere.
 */
const introduced: readonly { readonly wording: RegExp; readonly within: RegExp }[] = [
  {
    wording:
      /(?:pretend|act|behave) (?:to be|as if|as though|as (?:a|an|my|the) (?:\w+ )?(?:assistant|ai|bot|model|admin\w*|developer|dan))\b/iu,
    within:
      /(?:^|[,.:;] ?|\b(?:please|must|shall|should|now|and) )(?:pretend|act|behave) (?:to be|as if|as though|as (?:a|an|my|the) (?:\w+ )?(?:assistant|ai|bot|model|admin\w*|developer|dan))\b/iu,
  },
  {
    wording:
      /(?:answer|reply|respond|write|say|output) (?:only |just |exactly |solely )?(?:with|in)? ?(?:the (?:word|text|phrase|sentence)|exactly|only|["'„“])/iu,
    within:
      /(?:^|[,.:;!?] ?|\b(?:please|just|now|and|then|must|only) )(?:answer|reply|respond|write|say|output) (?:only |just |exactly |solely )?(?:with|in)? ?(?:the (?:word|text|phrase|sentence)|exactly|only|["'„“])/iu,
  },
];
