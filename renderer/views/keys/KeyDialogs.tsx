import type { SettingsView } from '../../../shared/contract.ts';
import type { ListedKey } from '../../../shared/desktop.ts';
import { BackUpDialog, RestoreDialog } from './dialogs/BackUpDialog.tsx';
import { KmsDialog } from './dialogs/KmsDialog.tsx';
import { NewKeyDialog, ProtectDialog, RenameDialog } from './dialogs/LocalKeyDialogs.tsx';

export type KeyDialog =
  { kind: 'new' | 'restore' | 'kms' } | { kind: 'rename' | 'protect' | 'backUp'; listed: ListedKey };

type KeyDialogsProps = { dialog: KeyDialog; view: SettingsView; onClose: () => void };

/** The one dialog that is open. */
export function KeyDialogs({ dialog, view, onClose }: KeyDialogsProps) {
  switch (dialog.kind) {
    case 'new':
      return <NewKeyDialog keyStore={view.keyStore} onClose={onClose} />;
    case 'rename':
      return <RenameDialog listed={dialog.listed} onClose={onClose} />;
    case 'protect':
      return <ProtectDialog listed={dialog.listed} keyStore={view.keyStore} onClose={onClose} />;
    case 'backUp':
      return <BackUpDialog listed={dialog.listed} onClose={onClose} />;
    case 'restore':
      return <RestoreDialog onClose={onClose} />;
    case 'kms':
      return <KmsDialog connections={view.settings.connections.map(({ name }) => name)} onClose={onClose} />;
  }
}
