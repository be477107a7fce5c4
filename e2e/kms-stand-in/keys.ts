/** @file The stand-in's keys and aliases, by account and region, with AWS's states. */
import { randomBytes, randomUUID } from 'node:crypto';
import { ServiceError } from './service-error.ts';

export type Material = { id: Buffer; secret: Buffer };

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export type Key = {
  id: string;
  arn: string;
  account: string;
  region: string;
  description: string;
  usage: string;
  spec: string;
  origin: string;
  multiRegion: 'PRIMARY' | 'REPLICA' | undefined;
  state: KeyState;
  created: Date;
  deletion: Date | undefined;
  rotationDays: number | undefined;
  /** The last one encrypts. Replicas hold the same array. */
  materials: Material[];
};

export type Alias = { name: string; arn: string; target: string | undefined };

/** Who asks, and where: every lookup is within both. */
export type Place = { account: string; region: string };

/** The usual key. */
export const symmetric = {
  description: '',
  usage: 'ENCRYPT_DECRYPT',
  spec: 'SYMMETRIC_DEFAULT',
  origin: 'AWS_KMS',
  multiRegion: false,
};

const newMaterial = (): Material => ({ id: randomBytes(8), secret: randomBytes(32) });

function notFound(message: string): ServiceError {
  return new ServiceError('NotFoundException', message);
}

export class Keys {
  readonly #keys = new Map<string, Key>();
  readonly #aliases = new Map<string, Alias>();

  create({ account, region }: Place, wanted: typeof symmetric): Key {
    const uuid = randomUUID();
    const { multiRegion, ...rest } = wanted;
    const id = multiRegion ? `mrk-${uuid.replaceAll('-', '')}` : uuid;
    return this.#add({
      ...rest,
      id,
      arn: `arn:aws:kms:${region}:${account}:key/${id}`,
      account,
      region,
      multiRegion: multiRegion ? 'PRIMARY' : undefined,
      state: 'Enabled',
      created: new Date(),
      deletion: undefined,
      rotationDays: undefined,
      materials: [newMaterial()],
    });
  }

  replicate(key: Key, region: string): Key {
    if (key.multiRegion !== 'PRIMARY')
      throw new ServiceError('UnsupportedOperationException', 'not a primary key');
    const arn = key.arn.replace(`:${key.region}:`, `:${region}:`);
    if (this.#keys.has(arn)) throw new ServiceError('AlreadyExistsException', `${arn} already exists`);
    return this.#add({ ...key, arn, region, multiRegion: 'REPLICA', created: new Date() });
  }

  /** Adds new material: what EnableKeyRotation does once a period. */
  rotate(key: Key): void {
    key.materials.push(newMaterial());
  }

  #add(key: Key): Key {
    this.#keys.set(key.arn, key);
    return key;
  }

  /** By key ARN, key id, alias or alias ARN. @throws ServiceError NotFoundException */
  find(place: Place, name: string): Key {
    const region = name.startsWith('arn:') ? name.split(':')[3] : place.region;
    // AWS does not look into another region, and says so in these words.
    if (region !== place.region) throw notFound(`Invalid arn ${region}`);
    const prefix = `arn:aws:kms:${place.region}:${place.account}:`;
    if (name.includes('alias/')) {
      const arn = name.startsWith('arn:') ? name : prefix + name;
      const target = this.#aliases.get(arn)?.target;
      if (target === undefined) throw notFound(`Alias ${arn} is not found.`);
      return this.find(place, target);
    }
    const arn = name.startsWith('arn:') ? name : `${prefix}key/${name}`;
    const key = this.#keys.get(arn);
    if (key === undefined) throw notFound(`Key '${arn}' does not exist`);
    return key;
  }

  /** By the id in a blob, in any account, as Decrypt without KeyId does. */
  findById(region: string, id: string): Key | undefined {
    return [...this.#keys.values()].find((key) => key.id === id && key.region === region);
  }

  addAlias({ account, region }: Place, name: string, target: string | undefined): void {
    const arn = `arn:aws:kms:${region}:${account}:${name}`;
    if (this.#aliases.has(arn)) {
      throw new ServiceError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
    }
    this.#aliases.set(arn, { name, arn, target });
  }

  aliases({ account, region }: Place): Alias[] {
    const prefix = `arn:aws:kms:${region}:${account}:`;
    return [...this.#aliases.values()]
      .filter(({ arn }) => arn.startsWith(prefix))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
