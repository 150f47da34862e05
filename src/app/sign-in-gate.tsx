import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode } from 'react';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { LazyBoundary } from './lazy-boundary.tsx';

const SignIn = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignIn }));

/** The studio, or the way into it where it asks for a password. It stands at once; only a "no" takes it away. */
export function SignInGate({ children }: { children: ReactNode }) {
  const { data } = useQuery(studioQuery);
  if (data?.sign_in !== 'out') return children;
  return (
    <LazyBoundary>
      <SignIn />
    </LazyBoundary>
  );
}
