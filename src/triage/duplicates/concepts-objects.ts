import type { ConceptLines } from './concept-lines.ts';

/** What it is about; how phrases are written: `conceptPhrases`. */
export const objects: ConceptLines = {
  server: {
    en: 'server, host, node, backend, data centre|center, cluster',
    de: 'server, host, rechenzentrum, backend, *server, knoten, cluster',
  },
  production: {
    en: 'production, prod, live system|environment, production system|server|environment|line, plant, assembly, shop floor',
    de: 'produktion, prod, produktivsystem, produktionsserver, produktionssystem, produktivumgebung, fertigung, livesystem, echtsystem, produktions*, fertigungs*, montage, bänder, werk, produktionslinie',
  },
  system: {
    en: 'system, platform, infrastructure, environment, service, everything, portal, cloud, saas, software',
    de: 'system, systeme, plattform, infrastruktur, umgebung, dienst|dienste, alles, portal, cloud, software, *portal, *plattform, *system',
  },
  website: {
    en: 'website, web site, site, homepage, webpage, web page, landing page',
    de: 'website, webseite, seite, homepage, internetseite, internetauftritt',
  },
  shop: {
    en: 'shop, web shop, online shop, store, webshop, storefront',
    de: 'shop, onlineshop, webshop, laden, *shop',
  },
  app: {
    en: 'app, application, program, client, mobile app, tool',
    de: 'app, anwendung, programm, applikation, client, tool, *app',
  },
  network: {
    en: 'network, internet, lan, connectivity, internet connection, dns, router, switch, broadband',
    de: 'netzwerk, netz, internet, lan, dns, router, internetverbindung, internetanschluss, leitung, *netz, *netzwerk',
  },
  wifi: { en: 'wifi, wi-fi, wlan, wireless, access point, hotspot', de: 'wlan, wifi, funknetz, w-lan, *wlan' },
  vpn: { en: 'vpn, remote access, tunnel', de: 'vpn, fernzugriff, tunnel, vpn-verbindung' },
  database: { en: 'database, db, sql server, data base', de: 'datenbank, db, *datenbank' },
  api: {
    en: 'api, endpoint, interface, integration, webhook, connector',
    de: 'api, schnittstelle, schnittstellen, integration, anbindung, webhook, endpunkt, *schnittstelle, *anbindung',
  },
  login: {
    en: 'login, log in, log on, sign in, sign on, signin, logon, logging in, signing in, authentication, logged in',
    de: 'login, anmeldung, anmelden, einloggen, eingeloggt, angemeldet, einwahl, authentifizierung, *anmeldung, melde … an',
  },
  logout: {
    en: 'log out, logout, sign out, log off, not log out|off, not sign out',
    de: 'abmelden, ausloggen, abgemeldet, logout',
  },
  password: {
    en: 'password, passcode, passphrase, pin, credentials',
    de: 'passwort, kennwort, passwörter, pin, zugangsdaten, *passwort, *kennwort, zugangsdaten',
  },
  account: {
    en: 'account, profile, user account',
    de: 'konto, account, profil, benutzerkonto, nutzerkonto, kundenkonto',
  },
  'second-factor': {
    en: '2fa, mfa, two-factor, two factor, second factor, authenticator, verification code, security code, one time code|password, otp',
    de: '2fa, mfa, zwei-faktor, zweiter faktor, zweifaktor, authenticator, bestätigungscode, sicherheitscode, einmalcode, zwei-faktor-authentifizierung, code per sms',
  },
  email: {
    en: 'email, e-mail, mail, mailbox, inbox',
    de: 'email, e-mail, mail, mails, postfach, posteingang, *mail, *mails',
  },
  attachment: { en: 'attachment, attached file, enclosure', de: 'anhang, anhänge, anlage' },
  signature: { en: 'signature', de: 'signatur, unterschrift' },
  newsletter: { en: 'newsletter, marketing mail, mailing list', de: 'newsletter, verteiler, werbung' },
  invoice: {
    en: 'invoice, bill, billing statement, statement of account',
    de: 'rechnung, rechnungen, abrechnung, *rechnung, *abrechnung, rechnungs*',
  },
  reminder: {
    en: 'reminder, payment reminder, dunning, collection notice',
    de: 'mahnung, zahlungserinnerung, erinnerung, mahnbescheid, inkasso',
  },
  payment: {
    en: 'payment, pay, paid, paying, charge, charged, transaction, debit, debited',
    de: 'zahlung, bezahlt, bezahlen, zahlen, gezahlt, abgebucht, abbuchung, belastet, eingezogen, überweisung, überwiesen, lastschrift, *zahlung, buchung',
  },
  card: {
    en: 'credit card, card, debit card, visa, mastercard',
    de: 'kreditkarte, karte, kartenzahlung, ec-karte, visa, mastercard',
  },
  bank: {
    en: 'bank, bank account, iban, sepa, bank detail',
    de: 'bank, bankkonto, iban, sepa, bankverbindung, kontodaten',
  },
  refund: {
    en: 'refund, money back, reimburse, reimbursement, credit note, refunded',
    de: 'erstattung, rückerstattung, erstatten, erstattet, geld zurück, gutschrift, rückzahlung, zurückerstattet, *erstattung',
  },
  price: {
    en: 'price, cost, fee, pricing, rate, quote, quotation, price increase',
    de: 'preis, kosten, gebühr, gebühren, preise, angebot, kostenvoranschlag, preiserhöhung, *gebühr, *preis',
  },
  discount: {
    en: 'discount, voucher, coupon, promo code, discount code, rebate, gift card',
    de: 'rabatt, gutschein, gutscheincode, rabattcode, aktionscode, nachlass, skonto',
  },
  tax: {
    en: 'tax, vat, sales tax, vat number',
    de: 'steuer, mehrwertsteuer, umsatzsteuer, mwst, ust, *steuer, steuernummer',
  },
  order: { en: 'order, purchase, bought', de: 'bestellung, auftrag, bestellt, kauf, gekauft, *bestellung, bestell*' },
  delivery: {
    en: 'delivery, shipment, parcel, package, shipping, consignment, courier, deliver',
    de: 'lieferung, paket, sendung, versand, zustellung, päckchen, geliefert, *lieferung, *sendung',
  },
  tracking: {
    en: 'tracking, track and trace, tracking number, shipment status',
    de: 'sendungsverfolgung, tracking, sendungsnummer, paketverfolgung, lieferstatus, trackingnummer',
  },
  product: { en: 'product, item, article, goods', de: 'produkt, artikel, ware, gerät' },
  return: {
    en: 'return, send back, returns label, return label',
    de: 'retoure, rücksendung, zurückschicken, zurücksenden, rückgabe, zurückgeben, rücksendeetikett',
  },
  contract: {
    en: 'contract, subscription, agreement, plan, membership',
    de: 'vertrag, abo, abonnement, tarif, mitgliedschaft, *vertrag',
  },
  licence: {
    en: 'licence, license, seat, product key, serial, activation key',
    de: 'lizenz, lizenzen, lizenzschlüssel, produktschlüssel, seriennummer, aktivierungsschlüssel',
  },
  warranty: { en: 'warranty, guarantee', de: 'garantie, gewährleistung' },
  printer: {
    en: 'printer, print queue, printing, printout, toner',
    de: 'drucker, druckerwarteschlange, ausdruck, toner, druck, *drucker',
  },
  scanner: { en: 'scanner, barcode reader, scanning', de: 'scanner, handscanner, barcodeleser, *scanner' },
  telephone: {
    en: 'telephone, telephony, phone line, phone system, voip, landline, hotline, call',
    de: 'telefon, telefonanlage, telefonie, festnetz, hotline, voip, anruf, anrufe, telefonat, telefonate, telefonieren',
  },
  mobile: {
    en: 'mobile, mobile phone, smartphone, cell phone, cellphone, phone, iphone, android',
    de: 'handy, smartphone, mobiltelefon, diensthandy, iphone, android',
  },
  computer: {
    en: 'computer, pc, laptop, notebook, desktop, workstation, machine',
    de: 'computer, rechner, pc, laptop, notebook, arbeitsplatz',
  },
  monitor: { en: 'monitor, screen, display', de: 'monitor, bildschirm, display, anzeige' },
  keyboard: { en: 'keyboard', de: 'tastatur' },
  mouse: { en: 'mouse', de: 'maus' },
  headset: { en: 'headset, headphone, earphone, microphone, mic', de: 'headset, kopfhörer, mikrofon, mikro' },
  camera: { en: 'camera, webcam', de: 'kamera, webcam' },
  battery: { en: 'battery, charger, charging', de: 'akku, batterie, ladegerät, ladekabel, netzteil' },
  till: {
    en: 'till, cash register, checkout till, pos, card terminal, payment terminal',
    de: 'kasse, kassen, kassensystem, kartenterminal, ec-terminal, terminal, *kasse',
  },
  checkout: {
    en: 'checkout, cart, basket, shopping cart',
    de: 'warenkorb, bestellvorgang, checkout, bezahlvorgang, einkaufswagen',
  },
  backup: { en: 'backup, back up, data backup', de: 'backup, datensicherung, sicherung, sicherungskopie, *backup' },
  file: { en: 'file, pdf, document file', de: 'datei, dateien, pdf, *datei' },
  folder: {
    en: 'folder, directory, network share, network drive, drive',
    de: 'ordner, verzeichnis, laufwerk, netzlaufwerk, freigabe',
  },
  document: { en: 'document, doc', de: 'dokument, unterlagen, schriftstück, *dokument' },
  spreadsheet: {
    en: 'spreadsheet, sheet, workbook, google sheet, excel sheet',
    de: 'tabelle, tabellenblatt, arbeitsmappe, kalkulationstabelle',
  },
  cell: { en: 'cell', de: 'zelle, zellen' },
  row: { en: 'row', de: 'zeile, zeilen' },
  column: { en: 'column', de: 'spalte, spalten' },
  report: {
    en: 'report, dashboard, chart, statistic, analytics, evaluation',
    de: 'bericht, berichte, dashboard, auswertung, statistik, diagramm, auswertungen, *bericht',
  },
  calendar: { en: 'calendar, appointment, schedule', de: 'kalender, termin, termine, *kalender' },
  meeting: {
    en: 'meeting, video call, conference, video conference, call invite',
    de: 'besprechung, videokonferenz, meeting, konferenz, videoanruf',
  },
  contact: { en: 'contact, address book, contact list', de: 'kontakt, kontakte, adressbuch' },
  notification: {
    en: 'notification, alert, push message',
    de: 'benachrichtigung, benachrichtigungen, hinweis, push-nachricht, meldung',
  },
  message: {
    en: 'message, chat, conversation, dm, text message, sms',
    de: 'nachricht, nachrichten, chat, konversation, sms, unterhaltung',
  },
  update: {
    en: 'update, patch, release, upgrade, new version, updating',
    de: 'update, aktualisierung, patch, neue version, upgrade, *update',
  },
  user: {
    en: 'user, member, colleague, employee, staff, coworker, teammate',
    de: 'benutzer, nutzer, mitarbeiter, kollege, kollegin, kollegen, mitarbeiterin, anwender, user',
  },
  permission: {
    en: 'permission, right, privilege, role, access right, authorisation, authorization',
    de: 'berechtigung, berechtigungen, rechte, rolle, zugriffsrecht, zugriffsrechte, befugnis',
  },
  data: { en: 'data, record, entry, dataset', de: 'daten, datensatz, eintrag, datensätze, *daten' },
  address: {
    en: 'address, delivery address, postal address',
    de: 'adresse, anschrift, lieferadresse, rechnungsadresse, *adresse, *anschrift',
  },
  payroll: {
    en: 'payroll, salary, payslip, wage, wages, pay slip, pay cheque',
    de: 'gehalt, lohn, gehaltsabrechnung, lohnabrechnung, verdienstbescheinigung, gehälter, löhne',
  },
  leave: {
    en: 'vacation, holiday, annual leave, days off, leave request, time off',
    de: 'urlaub, urlaubsantrag, urlaubstage, resturlaub, *urlaub',
  },
  certificate: { en: 'certificate, ssl, tls, certificate error', de: 'zertifikat, ssl, tls, *zertifikat' },
  domain: { en: 'domain, url, web address', de: 'domain, url, internetadresse' },
  language: { en: 'language, translation', de: 'sprache, übersetzung, spracheinstellung' },
  search: {
    en: 'search, search function, searching, search result',
    de: 'suche, suchfunktion, suchergebnis, suchergebnisse',
  },
  photo: { en: 'photo, picture, image, pic, avatar, photograph', de: 'foto, bild, bilder, fotos, profilbild' },
  video: { en: 'video, clip, movie, film', de: 'video, videos, film' },
  sound: { en: 'sound, audio, volume', de: 'ton, audio, lautstärke' },
  link: { en: 'link, hyperlink, url link', de: 'link, verknüpfung, hyperlink' },
  button: { en: 'button, icon, menu', de: 'knopf, schaltfläche, button, menü, symbol' },
  label: { en: 'label, tag, category', de: 'etikett, label, kategorie, schlagwort' },
  text: { en: 'text, letter, font, character', de: 'text, schrift, buchstabe, zeichen, schriftart' },
  comment: { en: 'comment, remark', de: 'kommentar, kommentare, anmerkung' },
  post: { en: 'post, status update, wall post', de: 'beitrag, beiträge, post' },
  friend: { en: 'friend, follower', de: 'freund, freunde, follower' },
  group: { en: 'group, team, channel, community', de: 'gruppe, kanal, team' },
  history: { en: 'history, log, record of, past activity', de: 'verlauf, historie, protokoll, chronik' },
  date: { en: 'date, timestamp', de: 'datum, zeitstempel' },
  number: { en: 'number, amount, figure, sum, total', de: 'nummer, zahl, betrag, summe, anzahl' },
  name: { en: 'name, username, user name, surname, nickname', de: 'name, benutzername, nachname, nutzername' },
  setting: {
    en: 'setting, preference, option, configuration, config',
    de: 'einstellung, einstellungen, option, konfiguration',
  },
  template: { en: 'template, form, layout', de: 'vorlage, formular, muster, layout' },
  heating: {
    en: 'heating, radiator, boiler, air conditioning, air con',
    de: 'heizung, heizkörper, klimaanlage, warmwasser',
  },
  door: {
    en: 'door, lock, key card, access card, badge, gate',
    de: 'tür, schloss, zutrittskarte, zugangskarte, ausweis, transponder, tor',
  },
  storage: {
    en: 'storage, disk space, quota, hard drive, disk, ssd, memory',
    de: 'speicher, speicherplatz, festplatte, kontingent, ssd, arbeitsspeicher',
  },
};
