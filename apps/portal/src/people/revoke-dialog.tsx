import type { TenantToken } from '@throughline/model';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { revokeAnyToken } from './people-api.ts';

/** Asks before a token of whoever is revoked. */
export function RevokeDialog({ token, onClose }: { token: TenantToken; onClose: () => void }) {
  return (
    <ConfirmDialog
      title={`Revoke ${token.name}?`}
      action="Revoke the token"
      done={`Token ${token.name} revoked`}
      run={() => revokeAnyToken(token.id)}
      onClose={onClose}
    >
      <p>
        It is a token of {token.owner.displayName}. Programs that use it are refused from now on. This cannot be undone.
      </p>
    </ConfirmDialog>
  );
}
