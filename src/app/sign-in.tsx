import { Button, PasswordInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { getErrorMessage } from '#api/errors.ts';
import { useSignIn } from '#shared/platform/studio-queries.ts';
import { useTitle } from '#shared/processing/finished-videos.ts';
import classes from './overlays.module.css';

export function SignIn() {
  useTitle('Sign in');
  const [password, setPassword] = useState('');
  const { mutate, isPending, error } = useSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate(password);
  };
  return (
    <main className={classes.page}>
      <form className={classes.form} onSubmit={submit}>
        <img src="/favicon.svg" alt="" width={48} height={48} />
        <Title order={1} size="h3">
          Mikshi Studio
        </Title>
        {/* Password managers look for a name beside a password. */}
        <input type="text" name="username" autoComplete="username" defaultValue="studio" hidden readOnly />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          autoFocus
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          error={error ? getErrorMessage(error) : null}
          w="100%"
        />
        <Button type="submit" fullWidth loading={isPending} disabled={password === ''}>
          Sign in
        </Button>
      </form>
    </main>
  );
}
