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
  thisComputer: 'This computer',

  timeLeft: (duration: string) => `about ${duration} left`,
};

export type CommonText = typeof commonEn;
