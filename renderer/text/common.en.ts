export const commonEn = {
  product: 'Envelope',
  places: 'Places',
  files: 'Files',
  keys: 'Keys',
  settings: 'Settings',

  cancel: 'Cancel',
  close: 'Close',
  dismiss: 'Dismiss',
  goOn: 'Continue',
  copy: 'Copy',
  copied: 'Copied',
  details: 'Details',
  loading: 'One moment…',
  /** Of an error after which a pair is half replaced. */
  halfDone:
    'It stopped between the two halves of the pair: the next start of this program finishes it, or clears it up.',
  thisComputer: 'This computer',

  timeLeft: (duration: string) => `about ${duration} left`,
};

export type CommonText = typeof commonEn;
