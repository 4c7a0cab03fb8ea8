const key = 'prosa-demo-theme';
const order = ['auto', 'light', 'dark'] as const;
type Theme = (typeof order)[number];
const names: Record<Theme, string> = { auto: 'Tema: automático', light: 'Tema: claro', dark: 'Tema: escuro' };

/** A button that goes round the themes; the choice is remembered. */
export function themeButton(button: HTMLButtonElement): void {
  const show = (theme: Theme) => {
    document.documentElement.dataset['theme'] = theme;
    button.textContent = names[theme];
  };
  show(stored());
  button.addEventListener('click', () => {
    const next = order[(order.indexOf(stored()) + 1) % order.length] ?? 'auto';
    localStorage.setItem(key, next);
    show(next);
  });
}

function stored(): Theme {
  return order.find((theme) => theme === localStorage.getItem(key)) ?? 'auto';
}
