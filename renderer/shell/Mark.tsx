/** @file The program's sign: an envelope with a seal that is a keyhole. `mark.svg` is the same, for the system. */

/** Purely a picture: whoever shows it says the name beside it. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--mark)" />
      <g stroke="#fff" strokeWidth="1.8" strokeLinecap="round">
        <rect x="6" y="9" width="20" height="14.5" rx="2.5" />
        <path d="m7 11 7.4 5.6M25 11l-7.4 5.6" />
        <circle cx="16" cy="17.2" r="4.1" fill="var(--mark)" />
        <path d="M16 16.4v2.2" />
      </g>
    </svg>
  );
}
