// Loaded before the first paint, so that a dark page does not flash.

{
  const kept = localStorage.getItem('cacau-theme');
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset['theme'] = kept;
}
