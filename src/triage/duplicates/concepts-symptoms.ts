import type { ConceptLines } from './concept-lines.ts';

/**
 * What is wrong, in English and in German; how phrases are written: `conceptPhrases`. "not" stands for any negation of
 * either language. A symptom with a negation in it is a phrase of its own, so that "received" is not "not received".
 */
export const symptoms: ConceptLines = {
  outage: {
    en: `down, offline, outage, unreachable, inaccessible, unavailable, not reachable|available|accessible, not reach|respond|load|connect|start|boot|up|online,
      not answer, not|nothing … load|respond, dead, unresponsive, went dark, stand|come still, at standstill, standstill, bad gateway, gateway timeout,
      service interruption, disruption, knocked out, out of service, not getting through, not get through, not up, ground to halt, black out, blackout, not operational,
      power cut, power failure, time out, timed out, timeout, not come up, nothing work, not serve, fell over, keeled over, collapse`,
    de: `ausfall|ausfälle, ausgefallen, gestört, fällt|fallen … aus, fiel … aus, störung|störungen, unerreichbar, offline, down, tot, stillstand, steht|stehen still, lahmgelegt,
      lahm, liegt|liegen brach, not … erreichbar|verfügbar, not … erreichen, not … aufrufen, not … aufrufbar, not … lädt, lädt|laden … not, antwortet|antworten … not,
      reagiert|reagieren … not, not … reagiert, not … antwortet, startet … not, zusammengebrochen, unterbrechung, unterbrochen, produktion steht,
      produktionsstillstand, *ausfall, *ausfälle, *stillstand, *störung, betrieb steht, alles steht, bänder stehen, band steht, server steht, system steht, systeme stehen, anlage steht,
      zeitüberschreitung, geht nichts, geht gar nichts, nichts geht, nichts … geht, komme|kommen|kommt … not … drauf|ran|durch, not … hoch,
      keine verbindung, verbindung not, zu … keine verbindung, stromausfall, in die knie, abgeraucht, abgeschmiert`,
  },
  broken: {
    en: `broken, break, broke, fail, failing, failure, not work|function|properly|operate|operating|usable, stop work, stop function, malfunction, faulty, defective, defect, out of order,
      not run, bust, kaput, play up, acting up, not do anything, nothing happen, not react, unusable, not print|scan|open|launch|charge|turn|switch, not show up, not log out|off, not sign out,
      not … work, quit working, cease to work, give up the ghost, useless`,
    de: `kaputt, defekt, funktioniert|funktionieren … not, not … funktioniert, geht|gehen not, geht|gehen … not, geht not mehr, klappt … not, not … klappt, läuft|laufen … not, not … läuft, streikt, spinnt, hin,
      druckt|scannt|öffnet|lädt|heizt … not, not … benutzbar|nutzbar|brauchbar, fehlfunktion, versagt, fehlgeschlagen, schlägt|schlagen … fehl, passiert nichts, tut|tun … not, tut sich nichts,
      reagiert … nicht, macht … nichts, not … drucken|öffnen|einschalten|abmelden|ausloggen, außer betrieb, hat … geist aufgegeben, lässt|lassen sich not`,
  },
  error: {
    en: 'error, error message, error code, exception, bug, bugs, glitch, stack trace, fault',
    de: 'fehler, fehlermeldung|fehlermeldungen, fehlercode, *fehler, *fehlermeldung, exception, bug, macken',
  },
  crash: {
    en: 'crash, freeze, froze, frozen, hang, hung, blue screen, bluescreen, close by itself, quit unexpectedly, shut down by itself, stuck, lock up, reboot by itself, restart by itself',
    de: `absturz|abstürze, abgestürzt, stürzt|stürzen … ab, abstürzt, friert … ein, eingefroren, einfriert, hängt, hängt … auf, aufgehängt, bluescreen, schließt … von selbst, bleibt … hängen, startet … von selbst neu`,
  },
  slow: {
    en: 'slow, slowly, sluggish, laggy, lag, lagging, crawl, take forever|ages|minutes, not fast, slowness, performance, unbearably slow, snail, latency, long load|loading time',
    de: 'langsam, träge, zäh, ruckelt|ruckeln, dauert|braucht … ewig, dauert … minuten, ladezeit|ladezeiten, performance, lahme, schneckentempo, verzögerung|verzögerungen, kriecht, schleichend',
  },
  drops: {
    en: 'disconnect, drop out, connection drop|lost|loss|drops, drop, dropping, keep drop, cut out, cut off, kick out|off, unstable, intermittent, flaky, log me out|off, throw out',
    de: `abbruch|abbrüche, bricht|brechen … ab, abbricht, abgebrochen, *abbruch, *abbrüche, instabil, wackelt, verbindungsabbruch|verbindungsabbrüche, fliege|fliegt|fliegen … raus, rausgeworfen, wirft … raus, getrennt, trennt`,
  },
  'no-access': {
    en: `not log|login|sign|logon|authenticate, not … log in, not … sign in, not … get into, not get in, login fail, log in fail, sign in fail, lock out, locked out, access deny, access denied, not access, not … access, no access, not let me in, deny access, login not,
      fail to log in, trouble logging in, problem logging in, login problem|issue|trouble, refuse my login|password`,
    de: `not … anmelden, not … einloggen, not … rein, not … reinkommen, komme|kommt|kommen … not … rein, anmeldung … not, anmeldung … fehl, login … not, ausgesperrt, zugriff verweigert, zugang verweigert, not zugriff, kein zugriff, kein zugang, not zugang, login … fehl, anmelden … not, einloggen … not, anmeldeproblem|anmeldeprobleme|loginproblem`,
  },
  missing: {
    en: `not receive, not … receive, not arrive, not … arrive, not get, not got, not … come, not turn up, missing, never come, never arrive, nowhere to be found, where is my, vanish, disappear, gone, went missing, not deliver, not been delivered, not find,
      not sent, not see, not in the, not … been sent, still wait, still have not, no sign of, absent, empty, not there, not come through`,
    de: `not … erhalten, not … bekommen, not … angekommen, not … da, not … eingetroffen, not … geliefert, not … zugestellt, not … eingegangen, not … gekommen, kommt|kommen … not, not … an, fehlt|fehlen|fehlend~, verschwunden, weg, wo ist|bleibt|sind|bleiben, spurlos, abhanden, verloren gegangen, not … finden, not … auffindbar, not … sehen, warte|warten … noch, nie … angekommen|bekommen|erhalten, leer, vermisse|vermissen, not … versendet|verschickt, not … geschickt, not … erstattet`,
  },
  wrong: {
    en: 'wrong, incorrect, not correct, not right, inaccurate, mistake, mistaken, not match, not add up, mismatch, erroneous, not … agree, misprint, discrepancy, off by',
    de: 'falsch~, fehlerhaft~, inkorrekt~, stimmt|stimmen … not, not … stimmt, not … korrekt|richtig, unrichtig~, abweichung, weicht … ab, verkehrt~, passt … not',
  },
  excess: {
    en: 'too much, too high, overcharge, overcharged, over charge, more than agree, higher than, exceed, excessive, inflated',
    de: 'zu viel, zu hoch~, zuviel, überhöht~, mehr als vereinbart, höher als, teurer als',
  },
  double: {
    en: 'twice, double, doubled, duplicate, two time, second time, charged again, two identical, same … twice, doubly',
    de: 'doppelt~, zweimal, zwei mal, noch einmal abgebucht, erneut abgebucht, nochmal abgebucht, zweifach, zweites mal',
  },
  late: {
    en: 'delay, delayed, late, overdue, behind schedule, not … yet, long overdue, not on time, take too long, past due',
    de: 'verspätet~, verspätung, verzögert, lieferverzug, verzug, überfällig~, zu spät, not … pünktlich, lässt auf sich warten, dauert zu lange, immer noch not',
  },
  damaged: {
    en: 'damage, damaged, scratch, scratched, crack, cracked, shatter, smash, dent, torn, bent, in pieces, snapped',
    de: 'beschädigt~, schaden, kratzer, zerkratzt~, gesprungen, zerbrochen~, riss|risse, delle, zerrissen, verbogen, *schaden, eingedrückt, zerstört',
  },
  blocked: {
    en: 'lock, locked, blocked, block, suspend, suspended, ban, banned, deactivated, freeze account',
    de: 'gesperrt~, sperre, sperrung, blockiert, eingefroren~ konto, deaktiviert~, verbannt',
  },
  rejected: {
    en: 'decline, declined, reject, rejected, refuse, refused, not accept, deny, denied, not go through, bounce, bounced, not went through',
    de: 'abgelehnt, ablehnung, lehnt … ab, zurückgewiesen, not … akzeptiert, verweigert, not … angenommen, not durch, nimmt … not',
  },
  breach: {
    en: 'hack, hacked, compromise, compromised, breach, intruder, unauthorized|unauthorised access, phish, phishing, malware, ransomware, virus, stolen, security incident, data leak, leaked, suspicious',
    de: 'gehackt, kompromittiert, datenpanne, datenleck, angreifer, unbefugt~, phishing, schadsoftware, trojaner, virus, gestohlen, sicherheitsvorfall, abgegriffen, verdächtig~, hackerangriff',
  },
  spam: { en: 'spam, junk, unsolicited, unwanted mail', de: 'spam, werbemails, unerwünscht~' },
  expired: {
    en: 'expire, expired, expiry, run out, ran out, lapse, no longer valid, invalid, out of date',
    de: 'abgelaufen~, ablauf, läuft … ab, ungültig~, not … gültig, verfallen, veraltet',
  },
  resolved: {
    en: 'works again, working again, back up, back online, is fixed, been fixed, resolved, solved, sorted out, never mind, up and run again, all good now, running again, restored now',
    de: 'geht wieder, läuft|laufen wieder, funktioniert|funktionieren wieder, wieder erreichbar, wieder da, wieder online, behoben, gelöst, erledigt, hat sich geklärt, wieder verfügbar, klappt wieder, wieder in ordnung',
  },
  noise: {
    en: 'noise, noisy, buzz, rattle, squeak, crackle, hum',
    de: 'geräusch|geräusche, brummt, klappert, quietscht, knackt, rauscht, surrt',
  },
  hot: { en: 'overheat, hot, heat up, burn, smoke', de: 'überhitzt, heiß, zu warm, qualmt, raucht, brennt' },
  quiet: {
    en: 'no sound, not hear, silent, mute, muted, no audio',
    de: 'not ton, kein ton, not hören, stumm, stummgeschaltet, not … zu hören',
  },
  blank: {
    en: 'blank, black screen, white screen, white page, blank page, not display',
    de: 'schwarz~ bildschirm, weiße seite, bleibt … schwarz|dunkel|weiß, leere seite, zeigt … not, schwarz',
  },
  unexpected: {
    en: 'unexpected, unauthorized charge, unknown charge, not authorize, not order, never order',
    de: 'unerwartet~, unberechtigt~, not … bestellt, nie bestellt, unbekannte abbuchung, not … veranlasst',
  },
};
