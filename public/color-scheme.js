// Runs before the first paint, so that a light page never flashes dark. A file of its own: inline scripts are forbidden.
(() => {
  let scheme = 'auto';
  try {
    scheme = localStorage.getItem('mantine-color-scheme-value') || 'auto';
  } catch {
    // A browser without storage follows the system.
  }
  if (scheme === 'auto') scheme = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
