// Runs before the first paint, so that a chosen theme never flashes the other one. A file and not an inline
// script: a content security policy without 'unsafe-inline' must be possible.
try {
  const theme = JSON.parse(localStorage.getItem('signalbox.theme') ?? '"system"');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off or holds something else: the system's theme it is.
}
