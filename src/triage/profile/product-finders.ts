import { before } from '../../ml/index.ts';
import type { TaxonomyNames } from '../../ticket/index.ts';
import { fold } from '../lexicon.ts';
import type { Finder, Found, Place } from './entity.ts';

/** Widely used programs, systems and devices that tickets name. */
const wellKnown =
  'Windows,Windows Server,macOS,Mac OS,iOS,iPadOS,Android,Linux,Ubuntu,Debian,Red Hat,iPhone,iPad,MacBook,Surface Pro,ThinkPad,Outlook,Exchange,' +
  'SharePoint,OneDrive,OneNote,PowerPoint,Excel,Word,Teams,Office 365,Microsoft 365,Power BI,Edge,Internet Explorer,Chrome,Firefox,Safari,Opera,' +
  'Thunderbird,Slack,Zoom,Webex,Skype,Jira,Confluence,Trello,Asana,Notion,Salesforce,HubSpot,Zendesk,ServiceNow,SAP,SAP S/4HANA,Oracle,MySQL,' +
  'PostgreSQL,MongoDB,Redis,Docker,Kubernetes,Jenkins,GitHub,GitLab,Bitbucket,WordPress,Shopify,Magento,WooCommerce,LinkedIn,OpenSSL,FRITZ!Box,TYPO3,PayPal,Stripe,Klarna,' +
  'Dropbox,Google Drive,Gmail,Google Docs,Google Sheets,iCloud,DATEV,Lexware,QuickBooks,Photoshop,Illustrator,InDesign,AutoCAD,Adobe Acrobat,' +
  'Acrobat Reader,VMware,Citrix,TeamViewer,AnyDesk,FortiClient,Cisco,NAS,Azure,AWS,Node.js,Vue.js,Next.js,Java,Python,Kafka,Elasticsearch,Grafana,' +
  'Bitwarden,LastPass,1Password,Okta,WhatsApp,Alexa,Sonos,Kindle,PlayStation,Xbox';
/** Words of a language, too: only as spelled, and not behind an article or a count. */
const wordLike = new Set(
  'windows word teams edge exchange oracle opera zoom slack notion surface safari java python excel outlook'.split(' '),
);
const articleBefore =
  /(?:^|\P{L})(?:the|a|an|our|your|my|his|her|their|all|both|some|many|other|these|those|two|three|several|die|der|das|den|dem|unsere?[mnrs]?|ihre?[mnrs]?|meine?[mnrs]?|eure?[mnrs]?|alle[nr]?|beiden?|mehrere[nr]?|viele[nr]?|andere[nr]?|ein(?:e[mnrs]?)?|kein(?:e[mnrs]?)?|zwei|drei|\d+)[ ]$/iu;

interface Product {
  readonly name: string;
  readonly folded: string;
  readonly wordLike: boolean;
}
/** Products by their first word, the longest name first. */
type ProductNames = ReadonlyMap<string, readonly Product[]>;

/** What a house calls its own things, beside what everybody knows. */
export interface EntityNames {
  readonly products: ProductNames;
  readonly errorPrefixes: ReadonlySet<string>;
}

/** The names of a taxonomy's `names`, ready to be looked for; build once. */
export const entityNames = (own: TaxonomyNames = {}): EntityNames => ({
  products: productNames(own.products ?? []),
  errorPrefixes: new Set(own.error_prefixes),
});

function productNames(own: readonly string[]): ProductNames {
  const names = new Map<string, Product[]>();
  for (const name of [...wellKnown.split(','), ...own]) {
    const folded = fold(name);
    const first = /^[\p{L}]*/u.exec(folded)![0];
    const same = names.get(first) ?? [];
    if (same.some((product) => product.folded === folded)) continue;
    same.push({ name, folded, wordLike: wordLike.has(folded) });
    names.set(
      first,
      same.sort((a, b) => b.name.length - a.name.length),
    );
  }
  return names;
}

/** A finder of these products. Lower case is no matter, but for names that are words. */
export const productFinder =
  ({ products }: EntityNames): Finder =>
  (place) => {
    for (const product of products.get(place.word) ?? []) {
      const found = productAt(product, place);
      if (found !== null) return found;
    }
    return null;
  };

function productAt(product: Product, place: Place): Found | null {
  const { text, at } = place;
  const end = at + product.name.length;
  const written = text.slice(at, end);
  if (fold(written) !== product.folded || /^[\p{L}\d]/u.test(text.slice(end, end + 2))) return null;
  if (product.wordLike && (written !== product.name || articleBefore.test(before(place, 14)))) return null;
  // "Excel-Export" is still Excel; "Windows-" at a line's end, too.
  return { kind: 'product', value: product.name, end };
}
