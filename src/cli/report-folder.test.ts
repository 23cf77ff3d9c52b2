import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReportFiles } from '../triage/index.ts';
import { requireOwnModel, requireReportPlace, writeResult } from './report-folder.ts';

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = (words: string): ReportFiles => ({
  'report.json': JSON.stringify({ report: 1, kind: 'training', twins: {}, words }),
  'report.md': words,
  'confusion.svg': words,
  'reliability.svg': words,
  'misread.csv': words,
});
const model = (words: string) => Buffer.from(`SBXMODEL${words}`);
const write = (words: string, path = at('own.model')) =>
  writeResult({ model: { path, bytes: model(words) }, folder: at('own.report'), files: files(words) });

describe('a model and its report', () => {
  it('are written whole, replaced whole, and nothing is left beside them', () => {
    for (const words of ['first', 'second']) {
      write(words);
      expect(readdirSync(folder).sort()).toEqual(['own.model', 'own.report']);
      expect(readFileSync(at('own.report', 'report.md'), 'utf8')).toBe(words);
      expect(readFileSync(at('own.model'))).toEqual(model(words));
      expect(() => requireReportPlace(at('own.report'))).not.toThrow();
      expect(() => requireOwnModel(at('own.model'))).not.toThrow();
    }
  });

  it('stay as they were when one of both cannot be written', () => {
    write('before');
    expect(() => write('after', at('nowhere', 'own.model'))).toThrow(/ENOENT/);
    expect(readdirSync(folder).sort()).toEqual(['own.model', 'own.report']);
    expect(readFileSync(at('own.report', 'report.md'), 'utf8')).toBe('before');
  });

  it('stay as they were when the model cannot be moved to its place at the very end', () => {
    write('before');
    mkdirSync(at('taken', 'by a folder'), { recursive: true });
    expect(() => write('after', at('taken'))).toThrow();
    expect(readdirSync(folder).sort()).toEqual(['own.model', 'own.report', 'taken']);
    expect(readFileSync(at('own.report', 'report.md'), 'utf8')).toBe('before');
  });
});

describe('a place', () => {
  it('is taken when it is empty, refused when it is somebody else’s', () => {
    mkdirSync(at('empty'));
    expect(() => requireReportPlace(at('empty'))).not.toThrow();
    mkdirSync(at('other'));
    writeFileSync(at('other', 'report.json'), '{"something": "else"}');
    expect(() => requireReportPlace(at('other'))).toThrow(/no report that signalbox wrote/);
    writeFileSync(at('other', 'photo.png'), '');
    expect(() => requireReportPlace(at('other'))).toThrow(/holds photo\.png/);
    writeFileSync(at('plain'), '');
    expect(() => requireReportPlace(at('plain'))).toThrow(/is no folder/);
    expect(() => requireReportPlace(at('nowhere', 'report'))).toThrow(/There is no folder/);
    for (const model of [at('new'), at('new', 'own.model')])
      expect(() => requireReportPlace(at('new'), model)).toThrow(/replaced as a whole/);
    expect(() => requireReportPlace(at('new'), at('new.model'))).not.toThrow();
    expect(() => requireOwnModel(at('plain'))).not.toThrow();
    writeFileSync(at('plain'), 'SBXnotes');
    expect(() => requireOwnModel(at('plain'))).toThrow(/no model of signalbox train/);
  });
});
