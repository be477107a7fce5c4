import { afterEach, beforeEach } from 'vitest';
import { Place } from './run-cli.ts';

/** A place that is new for each test. */
export function usePlace(): Place {
  const place = new Place({ made: false });
  beforeEach(() => {
    place.make();
  });
  afterEach(() => {
    place[Symbol.dispose]();
  });
  return place;
}
