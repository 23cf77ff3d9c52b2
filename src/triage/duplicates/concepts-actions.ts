import type { ConceptLines } from './concept-lines.ts';

/** What somebody did, wants done or asks how to do; how phrases are written: `conceptPhrases`. */
export const actions: ConceptLines = {
  add: {
    en: 'add, insert, introduce, include, append, put in, attach, incorporate, embed',
    de: 'hinzufügen, einfügen, ergänzen, anhängen, einbinden, füge … hinzu, füge … ein, hinzugefügt, eingefügt, einbetten, beifügen',
  },
  create: {
    en: 'create, build, set up, setup, generate, construct',
    de: 'erstellen, anlegen, erzeugen, einrichten, erstellt, angelegt, lege … an, eingerichtet, bauen, anfertigen, einrichtung',
  },
  delete: {
    en: 'delete, remove, erase, get rid of, clear, wipe, take off, eliminate, discard, purge, take out, trash, deletion, removal',
    de: 'löschen, entfernen, gelöscht, löschung, entfernt, loswerden, leeren, beseitigen, tilgen',
  },
  change: {
    en: 'change, edit, modify, alter, adjust, correct, amend, switch, customise, customize, tweak, revise, replace',
    de: 'ändern, bearbeiten, anpassen, umstellen, geändert, korrigieren, änderung, wechseln, berichtigen, abändern, korrektur, umschreiben, anpassung',
  },
  cancel: {
    en: 'cancel, terminate, cancellation, cancelation, end subscription|contract|membership, stop subscription, quit, call off, give notice, termination, withdraw',
    de: 'kündigen, stornieren, kündigung, gekündigt, storno, stornierung, widerrufen, widerruf, vertrag beenden, aussteigen, storniert, abbestellen',
  },
  exchange: {
    en: 'exchange, swap, substitute, replacement',
    de: 'umtausch, umtauschen, austausch, austauschen, tauschen, ersatz, ersatzlieferung, ersetzen',
  },
  repair: { en: 'repair, fix, mend, technician', de: 'reparatur, reparieren, instandsetzen, techniker, beheben' },
  reset: {
    en: 'reset, restore password, recover password, forgot, forgotten, forget',
    de: 'zurücksetzen, zurückgesetzt, vergessen, setze … zurück, neu setzen, reset, rücksetzung',
  },
  restore: {
    en: 'restore, recover, undelete, retrieve, get back, bring back, recovery, undo, revert, return to',
    de: 'wiederherstellen, wiederherstellung, wiederbekommen, zurückholen, rückgängig, wiederhergestellt, zurückbekommen',
  },
  enable: {
    en: 'enable, activate, turn on, switch on, unlock, allow, permit, activation',
    de: 'aktivieren, einschalten, freischalten, freigeben, entsperren, erlauben, freischaltung, aktivierung, zulassen, anschalten',
  },
  disable: {
    en: 'disable, deactivate, turn off, switch off, stop, prevent, avoid, block, keep from, shut off, suppress, opt out, halt',
    de: 'deaktivieren, ausschalten, abschalten, abstellen, verhindern, unterbinden, unterdrücken, vermeiden',
  },
  find: {
    en: 'find, locate, look up, discover, search for, determine, identify, detect, figure out, find out, spot',
    de: 'finden, wo finde, auffinden, ermitteln, herausfinden, entdecken, suche',
  },
  show: {
    en: 'show, display, view, see, visible, look at, reveal',
    de: 'anzeigen, anschauen, einsehen, sehen, zeigen, ansehen, sichtbar, einblenden, abrufen',
  },
  hide: {
    en: 'hide, conceal, invisible, hidden, mask, collapse',
    de: 'ausblenden, verstecken, verbergen, unsichtbar, verborgen',
  },
  move: {
    en: 'move, transfer, migrate, relocate, shift, hand over, migration, port',
    de: 'verschieben, übertragen, umziehen, migrieren, umzug, migration, übertragung, übernehmen, mitnehmen',
  },
  copy: {
    en: 'copy, duplicate page, clone, replicate, paste',
    de: 'kopieren, kopie, klonen, vervielfältigen, duplizieren',
  },
  merge: {
    en: 'merge, combine, join, consolidate, unite, unify, together',
    de: 'zusammenführen, verbinden, vereinen, zusammenlegen, kombinieren',
  },
  split: { en: 'split, separate, divide, break up', de: 'aufteilen, trennen, teilen, splitten' },
  share: { en: 'share, sharing, publish, collaborate', de: 'freigeben, veröffentlichen, gemeinsam nutzen' },
  connect: {
    en: 'connect, pair, hook up, associate, integrate, reference, refer',
    de: 'verbinden, koppeln, anbinden, kopplung, anschließen, verknüpfen',
  },
  export: {
    en: 'export, download, save as, extract',
    de: 'export, exportieren, herunterladen, runterladen, download, exportiert, *export',
  },
  import: { en: 'import, upload, load into', de: 'import, importieren, hochladen, upload, einlesen, *import' },
  install: { en: 'install, installation, setup program', de: 'installieren, installation, installiert, *installation' },
  uninstall: { en: 'uninstall', de: 'deinstallieren, deinstallation' },
  upgrade: {
    en: 'upgrade plan, larger plan, bigger plan, more seats, extend',
    de: 'hochstufen, größerer tarif, erweitern, aufstocken, upgraden',
  },
  rename: { en: 'rename, name change, change name', de: 'umbenennen, namensänderung, name ändern' },
  sort: { en: 'sort, order by, arrange, reorder, rearrange, rank', de: 'sortieren, ordnen, reihenfolge, sortierung' },
  filter: { en: 'filter, rule', de: 'filter, filtern, regel' },
  schedule: {
    en: 'schedule, reschedule, postpone, later date, delay send',
    de: 'planen, verschieben termin, terminieren, vertagen',
  },
  send: {
    en: 'send, dispatch, forward, mail out',
    de: 'senden, schicken, versenden, weiterleiten, abschicken, gesendet, geschickt, weiterleitung',
  },
  receive: { en: 'receive, obtain, acquire', de: 'erhalten, bekommen, empfangen' },
  reply: { en: 'reply, respond, answer, response', de: 'antworten, antwort, reagieren, rückmeldung' },
  invite: { en: 'invite, invitation', de: 'einladen, einladung, eingeladen' },
  register: {
    en: 'register, sign up, signup, create account, registration, enrol',
    de: 'registrieren, registrierung, konto anlegen, konto erstellen',
  },
  verify: {
    en: 'verify, confirm, validate, verification, confirmation, prove',
    de: 'bestätigen, verifizieren, bestätigung, verifizierung, nachweis',
  },
  save: {
    en: 'save, keep, store, preserve, archive',
    de: 'speichern, sichern, gespeichert, abspeichern, archivieren, archiv',
  },
  open: { en: 'open, launch, start up', de: 'öffnen, aufmachen, aufrufen, geöffnet' },
  close: { en: 'close, shut, shut down', de: 'schließen, zumachen, geschlossen, beenden' },
  convert: { en: 'convert, transform, turn into, change into, conversion', de: 'umwandeln, konvertieren, umrechnen' },
  format: { en: 'format, style, formatting, styling', de: 'formatieren, formatierung, stil, format' },
  strike: {
    en: 'strikethrough, strike through, cross out, strike out, struck through, line through',
    de: 'durchstreichen, durchgestrichen',
  },
  sync: {
    en: 'sync, synchronise, synchronize, synchronisation, synchronization',
    de: 'synchronisieren, synchronisation, abgleich, abgleichen, sync',
  },
  subscribe: { en: 'subscribe, follow', de: 'abonnieren, folgen' },
  unsubscribe: { en: 'unsubscribe, unfollow', de: 'austragen, abmelden newsletter, newsletter abbestellen' },
  count: { en: 'count, how many, word count, number of', de: 'zählen, wie viele, anzahl' },
  compare: {
    en: 'compare, difference, differ, different, diff',
    de: 'vergleichen, unterschied, vergleich, unterscheiden',
  },
  choose: { en: 'choose, select, pick, mark, highlight', de: 'auswählen, wählen, markieren, aussuchen, auswahl' },
  increase: { en: 'increase, raise, enlarge, expand, bigger, grow', de: 'erhöhen, vergrößern, anheben, erhöhung' },
  decrease: {
    en: 'decrease, reduce, lower, shrink, downgrade, smaller',
    de: 'verringern, reduzieren, senken, verkleinern, kündigen plätze, herabstufen',
  },
  contact: {
    en: 'get in touch, reach support, speak to, talk to, call back, callback',
    de: 'rückruf, sprechen mit, ansprechpartner, zurückrufen',
  },
  buy: { en: 'buy, purchase', de: 'kaufen, erwerben, anschaffen, kauf' },
  complain: {
    en: 'complaint, complain, unacceptable',
    de: 'beschwerde, beschweren, reklamation, reklamieren, unverschämt',
  },
  print: { en: 'print, print out', de: 'drucken, ausdrucken, gedruckt' },
  use: { en: 'use, utilise, utilize, usage', de: 'nutzen, benutzen, verwenden, nutzung' },
  automate: {
    en: 'automatic, automatically, auto, automate, by itself',
    de: 'automatisch, automatisieren, von selbst',
  },
  play: { en: 'play, watch, stream, listen', de: 'abspielen, anschauen video, streamen, hören' },
  report: { en: 'report abuse, flag, report user', de: 'missbrauch melden' },
  track: { en: 'track, monitor, follow up, trace', de: 'verfolgen, nachverfolgen, überwachen' },
  limit: {
    en: 'limit, restrict, maximum, restriction, limitation, cap',
    de: 'begrenzen, einschränken, grenze, beschränkung, limit',
  },
  default: { en: 'default, standard, preset', de: 'standard, voreinstellung, vorgabe' },
  multiple: {
    en: 'multiple, several, many, various, more than one, bulk, mass, batch, at once',
    de: 'mehrere, viele, mehrfach, auf einmal, gleichzeitig, massenhaft',
  },
  all: { en: 'all, every, entire, whole, complete', de: 'alle, sämtliche, gesamt~, ganz~, komplett~' },
  original: { en: 'original, initial, earliest, oldest', de: 'ursprünglich~, älteste' },
  recent: { en: 'recent, latest, newest, last', de: 'neueste, letzte, aktuellste' },
  free: { en: 'free, free of charge, no charge, at no cost, gratis', de: 'kostenlos~, gratis, kostenfrei, umsonst' },
  own: { en: 'own, custom, personal, personalised', de: 'eigen~, individuell~, persönlich~' },
  public: { en: 'public, publicly, everyone, anybody', de: 'öffentlich~, jeder' },
  private: { en: 'private, privacy, confidential, secret', de: 'privat~, datenschutz, vertraulich~' },
  offline: { en: 'offline access, offline mode, no internet, not internet', de: 'offlinemodus, ohne internet' },
  alternative: {
    en: 'alternative, substitute for, replacement for, similar to, something like',
    de: 'alternative, ersatz für, ähnlich wie',
  },
  temporary: { en: 'temporary, temporarily', de: 'vorübergehend, zeitweise, temporär' },
};
