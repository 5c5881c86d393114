import { useState } from 'react';
import { useMe } from '../api/session.ts';
import { PasswordDialog } from '../app/password-dialog.tsx';
import { Button, KeyValueList } from '../kit/index.ts';
import { Section } from './section.tsx';

/** Who one is here, and the password. */
export function ProfileSection() {
  const me = useMe();
  const [changing, setChanging] = useState(false);
  if (me === undefined) return null;
  return (
    <Section
      title="Profile and password"
      actions={
        <Button onClick={() => setChanging(true)}>{me.hasPassword ? 'Change the password' : 'Set a password'}</Button>
      }
    >
      <KeyValueList
        items={[
          { key: 'Name', value: me.displayName },
          { key: 'User name', value: me.userName },
          { key: 'Role', value: me.role },
          { key: 'Password', value: me.hasPassword ? 'Set' : 'None yet' },
        ]}
      />
      <PasswordDialog open={changing} onClose={() => setChanging(false)} />
    </Section>
  );
}
