/** @file Sizes, speeds and times as people say them. */

const units = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1.2 GB`: decimal units, as disks and file managers count. @param bytes 0 or more */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${Math.floor(bytes)} bytes`;
  let value = bytes;
  let unit: string = '';
  for (const next of units) {
    value /= 1000;
    unit = next;
    // 999.95 would round up to 1000.0 of this unit.
    if (value < 999.5) break;
  }
  return `${value < 99.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

/** `310 MB/s` */
export function formatSpeed(bytesPerSecond: number): string {
  return `${formatSize(bytesPerSecond).replace(/ bytes?$/, ' B')}/s`;
}

/** `1 file`, `12 files` */
export function count(many: number, one: string, several = `${one}s`): string {
  return `${many} ${many === 1 ? one : several}`;
}

/** `20 seconds`, `3 minutes`, `1 hour 20 minutes`: rounded as an estimate deserves. @param seconds 0 or more */
export function formatDuration(seconds: number): string {
  if (seconds < 55) {
    const rounded = seconds < 10 ? Math.max(1, Math.round(seconds)) : Math.round(seconds / 5) * 5;
    return count(rounded, 'second');
  }
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return count(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  const rest = Math.round((minutes % 60) / 10) * 10;
  if (hours >= 10 || rest === 0) return count(Math.round(minutes / 60), 'hour');
  return rest === 60 ? count(hours + 1, 'hour') : `${count(hours, 'hour')} ${count(rest, 'minute')}`;
}

/** `about 3 minutes left` */
export function formatTimeLeft(seconds: number): string {
  return `about ${formatDuration(seconds)} left`;
}

/** `2026-11-23 16:20:00 UTC`, from a time as an envelope has it. */
export function formatTime(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}

/** `2026-11-23`, from the same. */
export const formatDate = (time: string): string => time.slice(0, 10);
