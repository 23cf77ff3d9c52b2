import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { stubModel, stubPackages, temporaryFolder } from '../../../tests/support/embedding-stub.ts';
import { provideModel } from './download-model.ts';
import { openOnnxEmbedder } from './open-onnx-embedder.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

type Answers = Readonly<Record<string, string | number | 'cut'>>;

/** A hub that has one model; a number is a status, `cut` breaks off in the middle of the file. */
async function startHub(
  files: Answers,
): Promise<{ host: string; asked: string[]; files: Record<string, string | number> }> {
  const asked: string[] = [];
  const now: Record<string, string | number> = { ...files };
  const server = createServer((request, response) => {
    asked.push(request.url!);
    const answer = now[request.url!.replace(/^\/owner\/name\/resolve\/[^/]+\//, '')] ?? 404;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else if (answer === 'cut')
      response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy());
    else response.end(answer);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked, files: now };
}

const pathTemplate = '{model}/resolve/{revision}/';
const settings = { model: 'owner/name', allowRemote: true };
const refusal = (message: RegExp) => ({ code: 'model-invalid', message: expect.stringMatching(message) });

describe('provideModel', () => {
  it('fetches a model once, with what may be absent', async () => {
    const hub = await startHub({ ...stubModel(), '1_Pooling/config.json': '{"pooling_mode": "cls"}' });
    const cacheFolder = temporaryFolder();
    const folder = await provideModel({ ...settings, cacheFolder }, { host: hub.host, pathTemplate });
    expect(readFileSync(join(folder, '1_Pooling/config.json'), 'utf8')).toContain('cls');
    expect(hub.asked).toContain('/owner/name/resolve/main/onnx/model.onnx');
    const asked = hub.asked.length;
    const again = { model: 'owner/name', cacheFolder };
    expect(await provideModel(again, { host: hub.host, pathTemplate })).toBe(folder);
    expect(hub.asked).toHaveLength(asked);
  });

  it('keeps revisions and weights apart', async () => {
    const hub = await startHub({ ...stubModel(), 'onnx/model_quantized.onnx': 'small' });
    const cacheFolder = temporaryFolder();
    const at = { host: hub.host, pathTemplate };
    const main = await provideModel({ ...settings, cacheFolder }, at);
    const other = await provideModel({ ...settings, model: 'owner/name@v1.2', cacheFolder }, at);
    expect(hub.asked).toContain('/owner/name/resolve/v1.2/config.json');
    expect(other).not.toBe(main);
    expect(existsSync(join(main, 'onnx/model_quantized.onnx'))).toBe(false);
    await provideModel({ ...settings, cacheFolder, weights: 'quantised' }, at);
    expect(readFileSync(join(main, 'onnx/model_quantized.onnx'), 'utf8')).toBe('small');
  });

  it('leaves nothing under a name that is not whole, and goes on where it stopped', async () => {
    const hub = await startHub({ ...stubModel(), 'onnx/model.onnx': 'cut' });
    const cacheFolder = temporaryFolder();
    const at = { host: hub.host, pathTemplate };
    await expect(provideModel({ ...settings, cacheFolder }, at)).rejects.toMatchObject(refusal(/could not be fetched/));
    const folder = join(cacheFolder, 'owner/name/main');
    expect(existsSync(join(folder, 'config.json'))).toBe(true);
    expect(existsSync(join(folder, 'onnx/model.onnx'))).toBe(false);
    hub.files['onnx/model.onnx'] = 'whole';
    hub.asked.length = 0;
    await provideModel({ ...settings, cacheFolder }, at);
    expect(readFileSync(join(folder, 'onnx/model.onnx'), 'utf8')).toBe('whole');
    expect(hub.asked).not.toContain('/owner/name/resolve/main/config.json');
  });

  it.each([
    ['a model without ONNX', { 'onnx/model.onnx': 404 }, /no onnx\/model\.onnx for it/],
    ['a model that is not for everybody', { 'config.json': 401 }, /not give it to everybody/],
    ['a hub in trouble', { 'tokenizer.json': 503 }, /answered 503/],
    ['a hub in trouble with a file that may be absent', { 'modules.json': 500 }, /answered 500/],
  ])('refuses %s', async (_, changes, message) => {
    const hub = await startHub({ ...stubModel(), ...changes } as Answers);
    const cacheFolder = temporaryFolder();
    const fetching = provideModel({ ...settings, cacheFolder }, { host: hub.host, pathTemplate });
    await expect(fetching).rejects.toMatchObject(refusal(message));
  });

  it.each(['name', '../up', 'a/..', 'a/b@..', 'a/b/c', 'a b/c', ''])('refuses the name %j', async (model) => {
    const cacheFolder = temporaryFolder();
    const fetching = provideModel({ ...settings, model, cacheFolder }, { host: 'http://127.0.0.1:1/', pathTemplate });
    await expect(fetching).rejects.toMatchObject(refusal(/owner\/name/));
  });

  it('asks nothing of anybody unless it may', async () => {
    const hub = await startHub(stubModel());
    const cacheFolder = temporaryFolder();
    const fetching = provideModel({ model: 'owner/name', cacheFolder }, { host: hub.host, pathTemplate });
    await expect(fetching).rejects.toMatchObject(refusal(/switched off/));
    expect(hub.asked).toEqual([]);
    await expect(provideModel(settings, { host: hub.host, pathTemplate })).rejects.toMatchObject(refusal(/No folder/));
  });
});

describe('openOnnxEmbedder with a name on the hub', { timeout: 30_000 }, () => {
  it('fetches it from a mirror and embeds, then does so without the mirror', async () => {
    const hub = await startHub(stubModel());
    const shared = { model: 'owner/name', cacheFolder: temporaryFolder(), packageFolder: stubPackages() };
    const first = await openOnnxEmbedder({ ...shared, allowRemote: true, remoteHost: hub.host });
    expect(first.id).toMatch(/^owner\/name@[0-9a-f]{12}$/);
    await first.close();
    const second = await openOnnxEmbedder(shared);
    expect(second.id).toBe(first.id);
    await second.close();
  });
});
