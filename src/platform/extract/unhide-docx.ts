import { crc32, inflateRawSync } from 'node:zlib';
import { listZip, type ZipEntry } from './read-zip.ts';

/** Parts of a Word document that hold running text. */
const textParts = /^word\/(?:document|footnotes|endnotes)\.xml$/;

/**
 * The document without the words that Word does not show: runs that are marked hidden, of a size of one point or less,
 * or white outside of tables and shaded paragraphs (white on a dark head of a table is common). The library that reads
 * documents hands such words over like any others.
 *
 * The file is always written anew: its library looks for the directory in another way than `listZip` does, and a file
 * that has two would show it parts that nobody has checked (a bomb, hidden words).
 */
export function withoutHiddenWords(bytes: Uint8Array): Uint8Array {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = (listZip(bytes) ?? []).map((entry) => {
    const packed = packedOf(data, entry);
    if (!textParts.test(entry.name)) return { entry, packed, changed: null };
    const xml = (entry.method === 0 ? packed : inflateRawSync(packed)).toString('utf8');
    const shown = dropHiddenRuns(xml);
    return { entry, packed, changed: shown === xml ? null : Buffer.from(shown) };
  });
  return writeZip(
    parts.map(({ entry, packed, changed }) => (changed ? stored(entry.name, changed) : { entry, packed })),
  );
}

function packedOf(data: Buffer, entry: ZipEntry): Buffer {
  const start = entry.at + 30 + data.readUInt16LE(entry.at + 26) + data.readUInt16LE(entry.at + 28);
  return data.subarray(start, start + entry.packed);
}

const piece = /<w:tbl>|<\/w:tbl>|<w:pPr>[\s\S]*?<\/w:pPr>|<\/w:p>|<w:r(?: [^>]*)?>[\s\S]*?<\/w:r>/g;

function dropHiddenRuns(xml: string): string {
  let tables = 0;
  let shaded = false;
  return xml.replace(piece, (found) => {
    if (found === '<w:tbl>') tables++;
    else if (found === '</w:tbl>') tables--;
    else if (found === '</w:p>') shaded = false;
    else if (found.startsWith('<w:pPr>')) shaded = found.includes('<w:shd ');
    else if (isHidden(found, tables > 0 || shaded)) return '';
    return found;
  });
}

function isHidden(run: string, onGround: boolean): boolean {
  // A run that holds a text box holds other runs: it stays as it is.
  if (/<w:r[ >]/.test(run.slice(4))) return false;
  const look = /<w:rPr>[\s\S]*?<\/w:rPr>/.exec(run)?.[0];
  if (look === undefined) return false;
  if (/<w:(?:vanish|webHidden)(?:\/| w:val="(?:1|true|on)")/.test(look)) return true;
  if (/<w:sz w:val="[0-2]"/.test(look)) return true;
  return !onGround && /<w:color w:val="FFFFFF"/i.test(look) && !/<w:(?:shd|highlight) /.test(look);
}

interface Part {
  readonly entry: Pick<ZipEntry, 'name' | 'method' | 'packed' | 'unpacked'>;
  readonly packed: Buffer;
  readonly crc?: number;
}

function stored(name: string, content: Buffer): Part {
  const { length } = content;
  return { entry: { name, method: 0, packed: length, unpacked: length }, packed: content, crc: crc32(content) };
}

/** A ZIP file of parts as they are packed already; checksums of untouched parts are not looked at by its one reader. */
function writeZip(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { entry, packed, crc = 0 } of parts) {
    const name = Buffer.from(entry.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(entry.method, 4);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(entry.packed, 14);
    common.writeUInt32LE(entry.unpacked, 18);
    common.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    bodies.push(Buffer.from('504b0304', 'hex'), common, name, packed);
    directory.push(Buffer.from('504b01021400', 'hex'), common, tail, name);
    at += 30 + name.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.write('504b0506', 'hex');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}
