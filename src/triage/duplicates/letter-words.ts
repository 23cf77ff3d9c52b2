import { fold } from '../lexicon.ts';

const words = `
  reach reaching write writing inquire inquiring inquiry enquire enquiry enquiring query seek seeking request requesting requested provide provides provided providing
  information info detail details detailed assist assistance assisting support guidance guide insight insights appreciate appreciated grateful thank thanks
  customer customers service services client clients team teams company organisation organization business firm department regarding concerning related relevant
  ensure ensuring enhance enhancing improve improving improvement effective effectively efficient specific specifically particular particularly various additional comprehensive
  interested interest learn learning understand understanding share offer offers offered available availability potential possible possibly issue issues problem problems matter concern concerns
  experience experiencing experienced encounter encountered encountering face facing notice noticed affect affected affecting impact impacting impacted significant significantly
  attempt attempted attempts try tried steps step taken measures measure initial initially investigate investigation resolve resolution cause caused causes due likely despite suspect
  prompt promptly immediate immediately urgent urgently attention quickly swiftly further forward hear look looking await response timely kind kindly regards sincerely best dear hello
  recent recently current currently previous previously ongoing continue continued persist persists report reporting describe situation operation operations process processes
  help need needed require required requires requirement necessary would like include including included follow following multiple across solution solutions advice advise suggest recommend
  anfragen anfrage bitten informationen information angaben einzelheiten details unterstützung unterstützen hilfe kunde kunden kundenservice kundensupport kundendienst support team unternehmen firma
  bezüglich betreffend hinsichtlich sowie insbesondere spezifisch verschiedene verschiedenen verfügbar verfügbarkeit möglich möglichkeit möglicherweise mögliche problem probleme anliegen
  erfahren erleben auftreten aufgetreten beeinträchtigt beeinträchtigen beeinträchtigung auswirkungen erheblich erhebliche versuchen versucht versuche schritte schritt maßnahmen
  ergriffen ursache ursachen vermutlich wahrscheinlich trotz umgehend dringend schnell schnelle zeitnah rückmeldung antwort dankbar freuen danke dank grüße gruß geehrte damen herren
  kürzlich aktuell derzeit vorherige weiterhin bestehen besteht bericht berichten beschreiben situation prozess prozesse benötigen benötige benötigt brauche wünsche interessiert interesse
  bereitstellen bereitgestellt stellen zusätzliche weitere umfassende detaillierte effektiv verbessern verbesserung gewährleisten sicherstellen lösung lösungen empfehlen empfehlung untersuchen
  einschließlich folgende teilen anbieten angeboten erforderlich notwendig hiermit schreibe schreiben kontaktiere wende mitteilen informieren
`;

/** What letters to a support desk are made of whatever they are about: two that share only this share nothing. */
export const letterWords: ReadonlySet<string> = new Set(words.trim().split(/\s+/).map(fold));
