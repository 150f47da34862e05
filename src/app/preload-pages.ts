import { type DataRouteObject, matchRoutes } from 'react-router';

/** Loads the code of the page that an address of the app leads to, as far as it is not there. */
function preloadPage(routes: DataRouteObject[], pathname: string): void {
  for (const { route } of matchRoutes(routes, pathname) ?? []) {
    // A failure is told when the page is opened.
    if (typeof route.lazy === 'function') route.lazy().catch(() => undefined);
  }
}

/** Loads the code of pages whose links the pointer or the focus is on, so that a press finds it at hand. */
export function preloadPagesOfLinks(routes: DataRouteObject[]): void {
  const onNear = ({ target }: Event) => {
    const link = target instanceof Element ? target.closest('a') : null;
    if (link?.origin === window.location.origin) preloadPage(routes, link.pathname);
  };
  document.addEventListener('pointerover', onNear, { passive: true });
  document.addEventListener('focusin', onNear);
}
