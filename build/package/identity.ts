/** @file Who the program is to the systems it is installed on. */

export const PRODUCT = 'Envelope';
/** The program's name on Linux, in packages and on the command line of a desktop entry. */
export const EXECUTABLE = 'envelope-desktop';

/** A kind of file that is ours. */
export type Document = {
  extension: string;
  mimeType: string;
  /** macOS's uniform type identifier. */
  uti: string;
  description: string;
  /** The icon, by its name in build/icons. */
  icon: string;
  /**
   * `Owner`: nobody else opens it. `Alternate`: others may use the extension too, so ours offers itself and does not take it
   * over.
   */
  rank: 'Owner' | 'Alternate';
  /** It is JSON text, and starts like this (FORMAT.md section 2). */
  magic?: string;
};

export const documents: readonly Document[] = [
  {
    extension: 'envelope',
    mimeType: 'application/x-envelope',
    uti: 'app.envelope.envelope',
    description: 'Envelope of a sealed file',
    icon: 'document',
    rank: 'Owner',
    magic: '{\n  "format": "envelope/',
  },
  {
    extension: 'enc',
    mimeType: 'application/x-envelope-body',
    uti: 'app.envelope.body',
    description: 'Sealed file',
    icon: 'document',
    rank: 'Alternate',
  },
];
