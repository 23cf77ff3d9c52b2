/** A process that announces its presence and stays: url and owner are its arguments. */
import { announcePresence } from '../../src/platform/db/presence.ts';

const [url = '', owner = ''] = process.argv.slice(2);
await announcePresence(url, Number(owner), console.error);
process.stdout.write('present\n');
