/** How customers report one outage, in both languages, and what others write meanwhile. Words of our own. */

const english = {
  openings: ['Hello,', 'Hi team,', 'Good morning,', '', 'To whom it may concern,', 'Please help:'],
  facts: [
    'the server is down.',
    'we cannot reach the production server.',
    'your server is not responding since this morning.',
    'production is down, nothing loads any more.',
    'the server has been unreachable for half an hour.',
    'our whole team cannot connect to the server.',
    'the production server is offline.',
    'there is a complete outage of the server.',
  ],
  closings: ['', 'When will it be back?', 'Please fix it as soon as possible.', 'Our work has stopped.', 'Regards'],
  subjects: ['Server down', 'Outage', 'Production is down', 'Cannot reach the server', 'Urgent: server not reachable'],
};

const german = {
  openings: ['Guten Tag,', 'Hallo,', '', 'Sehr geehrte Damen und Herren,', 'Bitte um Hilfe:'],
  facts: [
    'der Server ist ausgefallen.',
    'der Produktionsserver ist nicht erreichbar.',
    'seit heute Morgen antwortet Ihr Server nicht.',
    'die Produktion steht, nichts lädt mehr.',
    'der Server ist seit einer halben Stunde nicht erreichbar.',
    'unser ganzes Team kommt nicht auf den Server.',
    'der Produktionsserver ist offline.',
    'es gibt einen kompletten Ausfall des Servers.',
  ],
  closings: [
    '',
    'Wann läuft er wieder?',
    'Bitte beheben Sie das so schnell wie möglich.',
    'Bei uns steht alles still.',
  ],
  subjects: ['Server ausgefallen', 'Ausfall', 'Produktion steht', 'Server nicht erreichbar', 'Dringend: Server down'],
};

const pick = (from: readonly string[], n: number): string => from[n % from.length]!;

/** The i-th customer's words; every third writes German. */
export function outageTicket(i: number) {
  const words = i % 3 === 2 ? german : english;
  const n = Math.floor(i / 3);
  return {
    subject: pick(words.subjects, n * 3 + i),
    body: [pick(words.openings, n), pick(words.facts, n * 5 + 1), pick(words.closings, n * 7 + 2)].join(' ').trim(),
    customer_email: `customer-${i}@example.com`,
  };
}

const matters = [
  ['Invoice address', 'Please change the address on our next invoice to Hafenstr. 3.'],
  ['VAT number', 'The VAT number is missing on the invoice of March.'],
  ['Zweimal abgebucht', 'Der Betrag für Mai wurde zweimal abgebucht.'],
  ['Passwort vergessen', 'Ich habe mein Passwort vergessen und bekomme keine Mail zum Zurücksetzen.'],
  ['Colour of the Panel', 'Is the Panel also sold in black?'],
  ['Kündigung', 'Ich möchte mein Abo zum Ende des Monats kündigen.'],
  ['Delivery', 'My parcel was delivered to the wrong neighbour.'],
  ['Rücksendung', 'Wie schicke ich das Panel zurück, der Karton ist beschädigt?'],
  ['Two-factor code', 'I never get the SMS with the login code.'],
  ['Feature wish', 'It would be great to export the report as a spreadsheet.'],
] as const;

const whereabouts = [
  '',
  ' It is about our office in Leeds.',
  ' Es geht um das Büro in Kassel.',
  ' Thank you in advance.',
];

/** Forty tickets of ten matters, each of another customer: four of a kind, too few for an incident. */
export function ordinaryTickets() {
  return whereabouts.flatMap((whereabout, k) =>
    matters.map(([subject, body], i) => ({
      subject,
      body: `${body}${whereabout}`,
      customer_email: `ordinary-${k}-${i}@example.com`,
    })),
  );
}
