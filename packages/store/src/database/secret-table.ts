import type { InstantNow } from './column-types.ts';

export interface SecretTable {
  tenant_id: string;
  owner: string;
  destination: string;
  key_id: string;
  sealed: Buffer;
  sealed_at: InstantNow;
}

export interface SecretTables {
  secret: SecretTable;
}
