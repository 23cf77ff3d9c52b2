import { open } from 'node:fs/promises';

/** Makes a rename in `folder` last through a loss of power. Windows does it by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}
