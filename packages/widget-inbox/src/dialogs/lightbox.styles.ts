import { css } from 'lit';

/** The picture in full. */
export const lightboxStyles = css`
  dialog.lightbox {
    inline-size: fit-content;
    min-inline-size: min(320px, 100%);
    max-inline-size: calc(100vw - 32px);
    max-block-size: calc(100dvh - 32px);
  }
  .lightbox .dialog-body {
    padding: 8px 20px 20px;
    justify-items: center;
  }
  .lightbox img {
    display: block;
    max-inline-size: 100%;
    max-block-size: calc(100dvh - 214px);
    border-radius: var(--_radius);
    object-fit: contain;
  }
`;
