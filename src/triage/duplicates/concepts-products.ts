import type { ConceptLines } from './concept-lines.ts';

/** Programs, services and devices by name, with what people call them. Two that differ speak against one problem. */
const names = `
  facebook|fb, twitter|tweet|tweets, github|git hub, gitlab, bitbucket, gmail|google mail|googlemail,
  google docs|google doc|google document|google documents, google maps|google map, google sheets|google sheet|google spreadsheet|google spreadsheets,
  google calendar|google kalender|gcal, google drive|gdrive, google forms|google form, google chrome|chrome, google photos, google voice, google reader, google apps|google workspace|g suite,
  youtube|you tube, instagram|insta, linkedin, whatsapp|whats app, snapchat, tiktok, pinterest, reddit, tumblr, flickr, quora, wikipedia, stack overflow, wordpress, blogger, medium com,
  dropbox, evernote, trello, asana, notion so, basecamp, outlook, exchange server|exchange online, ms teams|microsoft teams, zoom, slack, webex, skype, sharepoint, onedrive, onenote,
  excel, powerpoint|power point, ms word|microsoft word, office 365|o365|microsoft 365|m365|office365, windows, macos|mac os|macbook|imac, ios|iphone|ipad, android, linux|ubuntu|debian,
  firefox, safari, microsoft edge|edge browser, internet explorer, thunderbird, sap, salesforce, hubspot, zendesk, jira, confluence, servicenow, paypal, stripe, klarna, apple pay, google pay,
  amazon|aws, ebay, azure, oracle, mysql, postgresql|postgres, mongodb, docker, kubernetes|k8s, jenkins, shopify, magento, woocommerce, datev, lexware, quickbooks, photoshop, acrobat|adobe reader, autocad,
  citrix, vmware, teamviewer, anydesk, netflix, spotify, itunes, icloud, yahoo, hotmail, teams, kafka, grafana, alexa, sonos, kindle, playstation, xbox, fritzbox|fritz box|fritz!box, typo3
`;

export const products: ConceptLines = Object.fromEntries(
  names.split(',').map((line) => {
    const spellings = line.trim().split('|');
    return [spellings[0]!.replaceAll(' ', '-'), { en: spellings.join(','), de: spellings.join(',') }];
  }),
);
