import type { WaitingFile } from '../../shared/waiting.ts';

const one = (id: string, name: string): WaitingFile => ({
  id,
  name,
  place: `/home/kim/Sealed/${name}`,
  keys: ['alias/contracts'],
  sealed: '2026-11-25T09:12:00.000Z',
  tried: '2026-11-25T09:20:00.000Z',
  problem: { code: 'kms-offline', message: 'offline', details: { region: 'eu-central-1' } },
});

export const sampleWaiting: WaitingFile[] = [
  one('1', 'Tender.pdf.envelope'),
  one('2', 'Contract.docx.envelope'),
  one('3', 'Site survey.zip.envelope'),
];
