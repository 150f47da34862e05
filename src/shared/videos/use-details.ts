import { useSearchParams } from 'react-router';

const PARAMETER = 'details';

/** Which video's details are open; in the URL, so that they can be shared and the back button closes them. */
export function useDetails() {
  const [params, setParams] = useSearchParams();
  const change = (videoId: string | null) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      if (videoId === null) next.delete(PARAMETER);
      else next.set(PARAMETER, videoId);
      return next;
    });
  return { videoId: params.get(PARAMETER), show: (id: string) => change(id), close: () => change(null) };
}
