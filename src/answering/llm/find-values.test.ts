import { expect, it } from 'vitest';
import { addressesIn, numbersIn, numbersSaid } from './find-values.ts';

it('writes numbers of both languages alike', () => {
  expect([...numbersIn('1.000 Dateien, 5,00 €, 4,50 € und 99,9 %')]).toEqual(['1000', '5', '4.5', '99.9']);
  expect([...numbersIn('1,000 files, €5.00, €4.50 and 99.9%')]).toEqual(['1000', '5', '4.5', '99.9']);
  expect(numbersIn('QH-1042 and 50GB')).toEqual(new Set(['1042', '50']));
  expect(numbersIn('keine Zahl')).toEqual(new Set());
});

it('knows numbers that are written as words', () => {
  expect(numbersSaid('innerhalb von zwei Wochen und vierzehn Tagen')).toEqual(new Set(['2', '14']));
  expect(numbersSaid('within two weeks and fourteen days')).toEqual(new Set(['2', '14']));
});

it.each([
  ['Schreiben Sie an billing@quillhaven.example.', ['billing@quillhaven.example']],
  ['See https://help.quillhaven.example/a/b).', ['help.quillhaven.example/a/b']],
  ['Visit evil-shop.xyz/pay!', ['evil-shop.xyz/pay']],
  ['Call +49 (30) 123 45 67 or 0800 1234567', ['49301234567', '08001234567']],
  ['IBAN DE89 3704 0044 0532 0130 00', ['DE89370400440532013000']],
  ['Invoice QR-2025-004711 of 3 May, version 4.2', []],
  ['Rechnung QR-2025-004711 vom 03.05.2026, 19 % USt.', []],
])('finds where a customer would turn: %s', (text, found) => {
  expect([...addressesIn(text)]).toEqual(found);
});
