// Runs before the first paint, so that a light page never flashes dark. A file of its own: inline scripts are forbidden.
(() => {
  let scheme = 'dark';
  try {
    scheme = localStorage.getItem('mantine-color-scheme-value') || 'dark';
  } catch {
    // A browser without storage gets the default.
  }
  if (scheme === 'auto') scheme = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
