import { css } from 'lit';

/**
 * Every colour and size. A host sets `--prosa-*` on the element or on anything above it; what it leaves out is derived,
 * mostly from the accent, so that one colour is enough to make a widget its own. Templates use the `--_*` names only.
 *
 * Colours follow `color-scheme`: inherited from the page, or chosen with `theme="light | dark | auto"`.
 */
export const tokens = css`
  :host {
    --_page: var(--prosa-page, light-dark(#fbfbfa, #15181b));
    --_surface: var(--prosa-surface, light-dark(#ffffff, #1b1f23));
    --_sunken: var(--prosa-sunken, light-dark(#f3f4f2, #111417));
    --_line: var(--prosa-line, light-dark(#e6e7e3, #2c3238));
    --_line-strong: var(--prosa-line-strong, light-dark(#868d8b, #737d84));
    --_text: var(--prosa-text, light-dark(#1c2124, #e9ecec));
    --_muted: var(--prosa-muted, light-dark(#5d666b, #98a2a8));
    --_hover: var(--prosa-hover, color-mix(in oklab, var(--_text) 5%, transparent));

    --_accent: var(--prosa-accent, light-dark(#0f6b5c, #4cc2ab));
    --_accent-ink: var(--prosa-accent-ink, light-dark(#ffffff, #07231e));
    --_accent-text: var(--prosa-accent-text, var(--_accent));
    --_accent-soft: var(--prosa-accent-soft, color-mix(in oklab, var(--_accent) 11%, var(--_surface)));
    --_accent-hover: color-mix(in oklab, var(--_accent) 88%, var(--_text));

    --_bubble-in: var(--prosa-bubble-in, light-dark(#ffffff, #23282d));
    --_bubble-out: var(--prosa-bubble-out, color-mix(in oklab, var(--_accent) 15%, var(--_surface)));
    --_chip: var(--prosa-chip, color-mix(in oklab, var(--_text) 5%, transparent));

    --_warning: var(--prosa-warning, light-dark(#8f5400, #f0b35a));
    --_warning-soft: var(--prosa-warning-soft, light-dark(#fdf0d9, #372a14));
    --_danger: var(--prosa-danger, light-dark(#b3261e, #f2857d));
    --_danger-soft: var(--prosa-danger-soft, light-dark(#fcebe9, #3a2020));
    --_success: var(--prosa-success, light-dark(#1f9d61, #3fbf82));
    --_read: var(--prosa-read, light-dark(#0b6fc4, #63b3f5));
    --_backdrop: light-dark(rgb(20 26 28 / 38%), rgb(0 0 0 / 58%));
    --_shadow:
      0 1px 2px light-dark(rgb(20 30 30 / 8%), rgb(0 0 0 / 40%)),
      0 12px 32px light-dark(rgb(20 30 30 / 14%), rgb(0 0 0 / 50%));

    --_font: var(--prosa-font, inherit);
    --_size: var(--prosa-font-size, 14px);
    --_size-small: calc(var(--_size) - 1.5px);
    --_size-tiny: calc(var(--_size) - 2.5px);
    --_size-title: calc(var(--_size) + 1px);
    --_radius: var(--prosa-radius, 9px);
    --_radius-large: var(--prosa-radius-large, 14px);
    --_header: 56px;
    --_motion: 140ms;
  }

  @supports (color: oklch(from red l c h)) {
    /* A host's own accent gets an ink that reads on it, and a shade of it that reads as text on the surfaces. */
    :host {
      --_accent-ink: var(--prosa-accent-ink, oklch(from var(--_accent) clamp(0.18, (0.66 - l) * 1000, 1) 0.02 h));
      --_accent-soft: var(
        --prosa-accent-soft,
        light-dark(oklch(from var(--_accent) 0.953 calc(c * 0.19) h), oklch(from var(--_accent) 0.288 calc(c * 0.31) h))
      );
      --_bubble-out: var(
        --prosa-bubble-out,
        light-dark(oklch(from var(--_accent) 0.94 calc(c * 0.24) h), oklch(from var(--_accent) 0.312 calc(c * 0.37) h))
      );
      --_accent-text: var(
        --prosa-accent-text,
        light-dark(oklch(from var(--_accent) min(l, 0.48) c h), oklch(from var(--_accent) max(l, 0.74) c h))
      );
    }
  }

  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([theme='auto']) {
    color-scheme: light dark;
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --_motion: 0ms;
    }
  }

  @media (forced-colors: active) {
    :host {
      --_page: Canvas;
      --_surface: Canvas;
      --_sunken: Canvas;
      --_line: CanvasText;
      --_line-strong: CanvasText;
      --_text: CanvasText;
      --_muted: CanvasText;
      --_hover: Canvas;
      --_accent: Highlight;
      --_accent-ink: HighlightText;
      --_accent-text: LinkText;
      --_accent-soft: Canvas;
      --_accent-hover: Highlight;
      --_bubble-in: Canvas;
      --_bubble-out: Canvas;
      --_chip: Canvas;
      --_warning: CanvasText;
      --_warning-soft: Canvas;
      --_danger: CanvasText;
      --_danger-soft: Canvas;
      --_success: CanvasText;
      --_read: LinkText;
    }
  }
`;
