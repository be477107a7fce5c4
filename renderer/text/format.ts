/** @file Numbers, sizes, times and lists as people write them, by Intl. */
import { languageTag, type Language } from './language.ts';

const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/** Decimal units, as disks and file managers count: one place after the point while it says something. */
function scale(bytes: number): { value: number; unit: (typeof units)[number]; digits: 0 | 1 } {
  let value = bytes;
  let unit: (typeof units)[number] = 'kilobyte';
  for (unit of units) {
    value /= 1000;
    // 999.95 would round up to 1000.0 of this unit.
    if (value < 999.5) break;
  }
  return { value, unit, digits: value < 99.95 ? 1 : 0 };
}

/** `20 seconds`, `3 minutes`, `1 hour 20 minutes`: as exact as an estimate deserves. */
function roundDuration(seconds: number): { hours: number; minutes: number; seconds: number } {
  if (seconds < 55) {
    const rounded = seconds < 10 ? Math.max(1, Math.round(seconds)) : Math.round(seconds / 5) * 5;
    return { hours: 0, minutes: 0, seconds: rounded };
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return { hours: 0, minutes, seconds: 0 };
  const tens = Math.round(minutes / 10) * 10;
  return { hours: Math.floor(tens / 60), minutes: tens >= 600 ? 0 : tens % 60, seconds: 0 };
}

export type Format = {
  /** `10,000` */
  number: (value: number) => string;
  /** `42%` @param share 0 to 1 */
  percent: (share: number) => string;
  /** `1.2 GB` */
  size: (bytes: number) => string;
  /** `310 MB/s` */
  speed: (bytesPerSecond: number) => string;
  /** `3 minutes` */
  duration: (seconds: number) => string;
  /** `Nov 23, 2026, 4:20 PM`, of an ISO time; the text itself if it is none */
  time: (iso: string) => string;
  /** `a, b and c` */
  list: (items: readonly string[]) => string;
};

type UnitFormat = (value: number, name: string, digits: number, display?: 'short' | 'long') => string;

/** Each formatter is made once: making one takes longer than a thousand uses, and every row has a size. */
function unitFormat(tag: string): UnitFormat {
  const made = new Map<string, Intl.NumberFormat>();
  return (value, name, digits, display = 'short') => {
    const key = `${name} ${digits} ${display}`;
    let format = made.get(key);
    if (format === undefined) {
      const fractions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      format = new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: display, ...fractions });
      made.set(key, format);
    }
    return format.format(value);
  };
}

export function createFormat(language: Language): Format {
  const tag = languageTag(language);
  const plain = new Intl.NumberFormat(tag);
  const percent = new Intl.NumberFormat(tag, { style: 'percent' });
  const time = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  const list = new Intl.ListFormat(tag, { type: 'conjunction' });
  const duration = new Intl.DurationFormat(tag, { style: 'long' });
  const unit = unitFormat(tag);
  return {
    number: (value) => plain.format(value),
    percent: (share) => percent.format(Math.floor(share * 100) / 100),
    size: (bytes) => {
      if (bytes < 1000) return unit(Math.floor(bytes), 'byte', 0, 'long');
      const scaled = scale(bytes);
      return unit(scaled.value, scaled.unit, scaled.digits);
    },
    speed: (bytes) => {
      const scaled = scale(Math.max(bytes, 100));
      return unit(scaled.value, `${scaled.unit}-per-second`, scaled.digits);
    },
    duration: (seconds) => duration.format(roundDuration(Math.max(0, seconds))),
    time: (iso) => {
      const date = new Date(iso);
      return Number.isNaN(date.getTime()) ? iso : time.format(date);
    },
    list: (items) => list.format(items),
  };
}
