/** @file What a crash leaves: a folder with halves of pairs, and journals that name them. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { serialiseEnvelope } from '../envelope/codec.ts';
import { sampleEnvelope, sampleId, sampleStream } from '../envelope/sample.fixture.ts';
import type { JournalEntry, SealEntry } from './journal-entry.ts';
import { Journal } from './journal.ts';

/** The id of the pair being sealed, and of another one. */
export const ID = sampleId;
export const OTHER = '11111111-2222-4333-8444-555555555555';

export const BODY = `.${ID}.enc.partial`;
export const ENVELOPE = `.${ID}.envelope.partial`;
export const PLAIN = `.${ID}.plain.partial`;

const bodyBytes = (id: string) => Buffer.concat([sampleStream(id), Buffer.from('the rest of the body')]);
const envelopeBytes = (id: string) => Buffer.from(serialiseEnvelope(sampleEnvelope({ id })));

export class Wreck {
  readonly root: string;
  readonly folder: string;
  readonly journals: string;

  private constructor(root: string) {
    this.root = root;
    this.folder = path.join(root, 'target');
    this.journals = path.join(root, 'journals');
  }

  static async create(): Promise<Wreck> {
    const wreck = new Wreck(await mkdtemp(path.join(os.tmpdir(), 'recover-')));
    await mkdir(wreck.folder);
    return wreck;
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true });
  }

  at(name: string): string {
    return path.join(this.folder, name);
  }

  seal(more: Partial<SealEntry> = {}): SealEntry {
    return {
      job: ID,
      kind: 'seal',
      folder: this.folder,
      body: this.at(BODY),
      envelope: this.at(ENVELOPE),
      ...more,
    };
  }

  /** A process that noted `entries` and ended without a word. */
  async crash(...entries: JournalEntry[]): Promise<void> {
    await using journal = Journal.open(this.journals);
    for (const entry of entries) await journal.note(entry);
  }

  async body(name: string, id = ID): Promise<void> {
    await writeFile(this.at(name), bodyBytes(id));
  }

  async envelope(name: string, id = ID): Promise<void> {
    await writeFile(this.at(name), envelopeBytes(id));
  }

  /** Whether `T.enc` and `T.envelope` are the pair `id`, to the byte. */
  async isPair(stem: string, id = ID): Promise<boolean> {
    const [body, envelope] = [
      await readFile(this.at(`${stem}.enc`)),
      await readFile(this.at(`${stem}.envelope`)),
    ];
    return bodyBytes(id).equals(body) && envelopeBytes(id).equals(envelope);
  }

  async text(name: string): Promise<string> {
    return await readFile(this.at(name), 'utf8');
  }

  async names(): Promise<string[]> {
    return await readdir(this.folder);
  }

  /** What is left in the journals. */
  async left(): Promise<string[]> {
    return (await readdir(this.journals)).filter((name) => name !== 'door.lock');
  }
}
